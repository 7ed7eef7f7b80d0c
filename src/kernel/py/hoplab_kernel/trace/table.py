"""
The tracer's own nft table, written as netlink messages (linux/netfilter/nf_tables.h, nfnetlink.h). The table
belongs to the socket that made it (NFT_TABLE_F_OWNER): the kernel removes it when this process ends, however.
"""
from __future__ import annotations

import struct

from ..netlink import APPEND, CREATE, attribute, message, nested

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .filter import Rule

TABLE = b'hoplab_trace\0'
NFTABLES, CTNETLINK = 10, 1
INET, BRIDGE = 1, 7
# Before raw (-300), where rules first see a packet, and after the last NAT (100).
EARLY, LATE = -350, 400
CHAINS = [(b'prerouting', 0, EARLY), (b'output', 3, EARLY)] + [
    (name + b'_end', hook, LATE)
    for hook, name in enumerate([b'prerouting', b'input', b'forward', b'output', b'postrouting'])
]


def number(kind: int, value: int) -> bytes:
    return attribute(kind, struct.pack('>I', value & 0xFFFFFFFF))


def expression(name: bytes, *parts: bytes) -> bytes:
    return nested(1, attribute(1, name + b'\0'), nested(2, *parts))


def netfilter(subsystem: int, kind: int, flags: int, family: int, *parts: bytes) -> bytes:
    return message(subsystem << 8 | kind, flags, struct.pack('>BBH', family, 0, 0) + b''.join(parts))


def nft(kind: int, flags: int, family: int, *parts: bytes) -> bytes:
    return netfilter(NFTABLES, kind, flags, family, *parts)


def compared(value: bytes) -> bytes:
    return expression(b'cmp', number(1, 1), number(2, 0), nested(3, attribute(1, value)))


def loaded(offset: int, length: int) -> bytes:
    return expression(b'payload', number(1, 1), number(2, 2), number(3, offset), number(4, length))


def any_of(bits: bytes) -> bytes:
    none = nested(3, attribute(1, bytes(len(bits))))
    masked = nested(4, attribute(1, bits)) + nested(5, attribute(1, bytes(len(bits))))
    return (expression(b'bitwise', number(1, 1), number(2, 1), number(3, len(bits)), masked)
            + expression(b'cmp', number(1, 1), number(2, 1), none))


def traced(protocol: int, offset: int, value: bytes, inside: bytes) -> bytes:
    """
    meta l4proto PROTOCOL @th,OFFSET,LENGTH VALUE meta nftrace set 1; with an EtherType
    @th,OFFSET-64,16 TYPE @th,OFFSET,LENGTH & VALUE != 0
    """
    looked = loaded(offset, len(value)) + compared(value)
    if inside:
        looked = loaded(offset - 8, 2) + compared(inside) + loaded(offset, len(value)) + any_of(value)
    return (
        expression(b'meta', number(1, 1), number(2, 16)) + compared(bytes([protocol])) + looked
        + expression(b'immediate', number(1, 1), nested(2, attribute(1, b'\1')))
        + expression(b'meta', number(3, 1), number(2, 12))
    )


def table(family: int, rules: list[Rule]) -> bytes:
    parts = [nft(0, CREATE, family, attribute(1, TABLE), number(2, 2))]
    for name, hook, priority in CHAINS:
        place = nested(4, number(1, hook), number(2, priority))
        parts.append(nft(3, CREATE, family, attribute(1, TABLE), attribute(3, name + b'\0'), place,
                         attribute(7, b'filter\0')))
    for chain in (b'prerouting\0', b'output\0'):
        for rule in rules:
            # Appended, so that the rules stand in this order.
            parts.append(nft(6, CREATE | APPEND, family, attribute(1, TABLE), attribute(2, chain),
                             nested(4, traced(*rule))))
    return b''.join(parts)


def batch(body: bytes, generation: int) -> bytes:
    """
    A transaction (NFNL_MSG_BATCH_BEGIN, NFNL_MSG_BATCH_END): all of it or nothing, and nothing where the rules have
    changed since this generation (NFNL_BATCH_GENID).
    """
    about = struct.pack('>BBH', 0, 0, NFTABLES)
    return message(0x10, 0, about + number(1, generation)) + body + message(0x11, 0, about)

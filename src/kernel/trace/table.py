# The tracer's own nft table, written as netlink messages (linux/netfilter/nf_tables.h, nfnetlink.h). The table
# belongs to the socket that made it (NFT_TABLE_F_OWNER): the kernel removes it when this process ends, however.
import struct

TABLE = b'hoplab_trace\0'
NFTABLES, CTNETLINK = 10, 1
REQUEST, ACK, DUMP, CREATE = 0x1, 0x4, 0x300, 0x400
INET, BRIDGE = 1, 7
# Before raw (-300), where rules first see a packet, and after the last NAT (100).
EARLY, LATE = -350, 400
CHAINS = [(b'prerouting', 0, EARLY), (b'output', 3, EARLY)] + [
    (name + b'_end', hook, LATE)
    for hook, name in enumerate([b'prerouting', b'input', b'forward', b'output', b'postrouting'])
]


def attribute(kind, payload):
    size = 4 + len(payload)
    return struct.pack('=HH', size, kind) + payload + b'\0' * (-size % 4)


def nested(kind, *attributes):
    return attribute(kind | 0x8000, b''.join(attributes))


def number(kind, value):
    return attribute(kind, struct.pack('>i', value))


def expression(name, *attributes):
    return nested(1, attribute(1, name + b'\0'), nested(2, *attributes))


def message(kind, flags, body, family, resource=0):
    head = struct.pack('=IHHII', 20 + len(body), kind, REQUEST | flags, 0, 0)
    return head + struct.pack('>BBH', family, 0, resource) + body


def nft(kind, flags, family, *attributes):
    return message(NFTABLES << 8 | kind, flags, b''.join(attributes), family)


def compared(value):
    return expression(b'cmp', number(1, 1), number(2, 0), nested(3, attribute(1, value)))


def traced(protocol, offset, value):
    """meta l4proto PROTOCOL @th,OFFSET,LENGTH VALUE meta nftrace set 1"""
    return (
        expression(b'meta', number(1, 1), number(2, 16)) + compared(bytes([protocol]))
        + expression(b'payload', number(1, 1), number(2, 2), number(3, offset), number(4, len(value)))
        + compared(value)
        + expression(b'immediate', number(1, 1), nested(2, attribute(1, b'\1')))
        + expression(b'meta', number(3, 1), number(2, 12))
    )


def table(family, rules):
    parts = [nft(0, CREATE, family, attribute(1, TABLE), number(2, 2))]
    for name, hook, priority in CHAINS:
        place = nested(4, number(1, hook), number(2, priority))
        parts.append(nft(3, CREATE, family, attribute(1, TABLE), attribute(3, name + b'\0'), place,
                         attribute(7, b'filter\0')))
    for chain in (b'prerouting\0', b'output\0'):
        for rule in rules:
            # 0x800: appended, so that the rules stand in this order.
            parts.append(nft(6, CREATE | 0x800, family, attribute(1, TABLE), attribute(2, chain),
                             nested(4, traced(*rule))))
    return b''.join(parts)


def batch(body):
    return message(0x10, 0, b'', 0, NFTABLES) + body + message(0x11, 0, b'', 0, NFTABLES)

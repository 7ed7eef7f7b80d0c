"""
The frames of a device to keep, by a filter that the kernel runs (socket filter,
Documentation/networking/filter.rst): the same bytes that the nft rules match, ARP and neighbour discovery,
every later fragment, which has no ports, and ICMPv6 errors about one. Floods of other traffic then cost
nothing.
"""
from __future__ import annotations

import ctypes
import socket
import struct

# IP protocol, and the bytes at an offset of its header. With an EtherType one of these bits is enough, in a packet that
# travels inside behind that type: they are those of its fragment's offset, 8 bytes behind the type.
Rule = tuple[int, int, bytes, bytes]
KEEP, DROP = 0x40000, 0
LOAD_BYTE, LOAD_HALF, LOAD_BYTE_X, LOAD_HALF_X, LOAD_HEADER = 0x30, 0x28, 0x50, 0x48, 0xB1
# SKF_AD_OFF + SKF_AD_PROTOCOL; SKF_NET_OFF (linux/filter.h).
ETHERTYPE, NETWORK = 0xFFFFF000, 0xFFF00000
EQUAL, ANY_BIT, GO, RETURN = 0x15, 0x45, 0x05, 0x06
# An IPv6 packet's next header, and which bits of a fragment header say where the fragment begins.
FRAGMENT, OFFSET = 44, 0xFFF8


def step(code: int, k: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack('=HBBI', code, yes, no, k)


def load(code: int, at: int) -> bytes:
    """
    `at` counts as in an Ethernet frame without a VLAN's tag. The kernel is asked for what stands behind the IP
    header's begin: a tunnel's device (ipip, gre, tun, wireguard) has no Ethernet header before it.
    """
    return step(code, ETHERTYPE if at == 12 else NETWORK + at - 14)


def keep_if(code: int, at: int, value: int, test: int = EQUAL) -> list[bytes]:
    return [load(code, at), step(test, value, 0, 1), step(RETURN, KEEP)]


def with_protocol(at: int, protocol: int, steps: list[bytes]) -> list[bytes]:
    return [load(LOAD_BYTE, at), step(EQUAL, protocol, 0, len(steps)), *steps]


def looked_for(rules: list[Rule], at: int, half: int, byte: int, offset: int) -> list[bytes]:
    found: list[bytes] = []
    for protocol, where, value, inside in rules:
        code, test = half if len(value) == 2 else byte, ANY_BIT if inside else EQUAL
        steps = keep_if(code, offset + where, int.from_bytes(value, 'big'), test)
        if inside:
            kind = int.from_bytes(inside, 'big')
            steps = [load(half, offset + where - 8), step(EQUAL, kind, 0, len(steps)), *steps]
        found += with_protocol(at, protocol, steps)
    return found


def besides(protocol: int, rules: list[Rule]) -> list[Rule]:
    return [rule for rule in rules if rule[0] != protocol]


def fragment(rules: list[Rule]) -> list[bytes]:
    """Of IPv6: the fragment header (RFC 8200) stands between IP and the bytes that the rules match."""
    steps = keep_if(LOAD_HALF, 56, OFFSET, ANY_BIT)
    steps += looked_for(rules, 54, LOAD_HALF, LOAD_BYTE, 62) + [step(RETURN, DROP)]
    return [load(LOAD_BYTE, 20), step(EQUAL, FRAGMENT, 1), step(GO, len(steps)), *steps]


def filter_of(rules: list[Rule]) -> bytes:
    # The header's length goes into X; a load beyond a frame's end drops the frame.
    icmp, icmpv6 = 1, 58
    ipv4 = keep_if(LOAD_HALF, 20, 0x1FFF, ANY_BIT) + [load(LOAD_HEADER, 14)]
    ipv4 += looked_for(besides(icmpv6, rules), 23, LOAD_HALF_X, LOAD_BYTE_X, 14) + [step(RETURN, DROP)]
    discovery = keep_if(LOAD_BYTE, 54, 135) + keep_if(LOAD_BYTE, 54, 136)
    ipv6 = fragment(besides(icmp, rules)) + with_protocol(20, icmpv6, discovery)
    ipv6 += looked_for(besides(icmp, rules), 20, LOAD_HALF, LOAD_BYTE, 54)
    ipv6 += with_protocol(20, icmpv6, with_protocol(68, FRAGMENT, keep_if(LOAD_HALF, 104, OFFSET, ANY_BIT)))
    ipv6 += [step(RETURN, DROP)]
    kinds = keep_if(LOAD_HALF, 12, 0x0806) + [step(EQUAL, 0x0800, 0, 1), step(GO, 3)]
    kinds += [step(EQUAL, 0x86DD, 0, 1), step(GO, 1 + len(ipv4)), step(RETURN, DROP)]
    return b''.join(kinds + ipv4 + ipv6)


def attach(made: socket.socket, program: bytes) -> None:
    held = ctypes.create_string_buffer(program)
    # SO_ATTACH_FILTER, struct sock_fprog
    made.setsockopt(socket.SOL_SOCKET, 26, struct.pack('HL', len(program) // 8, ctypes.addressof(held)))

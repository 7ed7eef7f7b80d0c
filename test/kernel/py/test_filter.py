"""The socket filter, run as the kernel runs it (Documentation/networking/filter.rst), on frames made here."""
from __future__ import annotations

import struct
import unittest

from hoplab_kernel.trace.filter import ETHERTYPE, KEEP, NETWORK, Rule, filter_of

TCP, UDP, ICMP, ICMPV6 = 6, 17, 1, 58
# A TCP probe's ports; the identifier of an echo request and that of its reply.
RULES: list[Rule] = [
    (TCP, 0, b'\x30\x39', b''), (TCP, 2, b'\x30\x39', b''),
    (ICMP, 4, b'\xab\xcd', b''), (ICMPV6, 4, b'\xab\xcd', b''),
]


# Inside VXLAN: ARP, a later fragment, then the identifier of an echo in IPv4 and in IPv6.
TUNNELLED: list[Rule] = [
    *RULES, (UDP, 28, b'\x08\x06', b''), (UDP, 36, b'\x1f\xff', b'\x08\x00'),
    (UDP, 54, b'\xab\xcd', b''), (UDP, 74, b'\xab\xcd', b''),
]


def kept(frame: bytes, rules: list[Rule] = RULES) -> bool:
    steps = list(struct.iter_unpack('=HBBI', filter_of(rules)))
    at = a = x = 0
    while True:
        code, yes, no, k = steps[at]
        at += 1
        if code == 0x06:
            assert k in (KEEP, 0)
            return bool(k == KEEP)
        if code == 0x05:
            at += k
        elif code in (0x15, 0x45):
            holds = a == k if code == 0x15 else a & k
            at += yes if holds else no
        else:
            base = x if code in (0x50, 0x48) else 0
            size = 2 if code in (0x28, 0x48) else 1
            place = 12 if k == ETHERTYPE else base + k - NETWORK + 14
            if place + size > len(frame):
                return False
            value = int.from_bytes(frame[place:place + size], 'big')
            if code == 0xB1:
                x = 4 * (value & 0xF)
            else:
                assert code in (0x30, 0x28, 0x50, 0x48), code
                a = value


def ethernet(kind: int, payload: bytes) -> bytes:
    return bytes(12) + struct.pack('>H', kind) + payload


def ipv4(protocol: int, payload: bytes, fragment: int = 0, options: bytes = b'') -> bytes:
    head = struct.pack('>BBHHHBBH', 0x45 + len(options) // 4, 0, 0, 0, fragment, 64, protocol, 0)
    return ethernet(0x0800, head + bytes(8) + options + payload)


def ipv6(following: int, payload: bytes) -> bytes:
    return ethernet(0x86DD, bytes(6) + bytes([following, 64]) + bytes(32) + payload)


def fragment_head(following: int, offset: int) -> bytes:
    return struct.pack('>BBHI', following, 0, offset, 7)


def ports(source: int, target: int) -> bytes:
    return struct.pack('>HH', source, target) + bytes(16)


def echo(kind: int, identifier: int) -> bytes:
    return struct.pack('>BBHH', kind, 0, 0, identifier) + bytes(8)


class Filter(unittest.TestCase):
    def check(self, expected: bool, **frames: bytes) -> None:
        for name, frame in frames.items():
            with self.subTest(name):
                self.assertEqual(kept(frame), expected)

    def test_the_probe_and_its_answers(self) -> None:
        self.check(
            True,
            request=ipv4(TCP, ports(12345, 80)), reply=ipv4(TCP, ports(80, 12345)),
            options=ipv4(TCP, ports(12345, 80), options=bytes(8)), echo=ipv4(ICMP, echo(8, 0xABCD)),
            request6=ipv6(TCP, ports(12345, 80)), echo6=ipv6(ICMPV6, echo(128, 0xABCD)),
        )

    def test_others(self) -> None:
        self.check(
            False,
            tcp=ipv4(TCP, ports(12346, 80)), udp=ipv4(UDP, ports(12345, 80)), echo=ipv4(ICMP, echo(8, 0xABCE)),
            tcp6=ipv6(TCP, ports(12346, 80)), echo6=ipv6(ICMPV6, echo(128, 0xABCE)),
            # The other family's protocol.
            strange=ipv4(ICMPV6, echo(8, 0xABCD)), strange6=ipv6(ICMP, echo(8, 0xABCD)),
            lldp=ethernet(0x88CC, bytes(40)), cut=ipv4(TCP, b'\x30'), empty=b'',
        )

    def test_who_has_which_address(self) -> None:
        self.check(True, arp=ethernet(0x0806, bytes(28)), solicitation=ipv6(ICMPV6, echo(135, 0)),
                   advertisement=ipv6(ICMPV6, echo(136, 0)))
        self.check(False, router=ipv6(ICMPV6, echo(134, 0)))

    def test_fragments(self) -> None:
        self.check(
            True,
            later=ipv4(UDP, bytes(8), fragment=0x00B9), first=ipv4(TCP, ports(12345, 80), fragment=0x2000),
            later6=ipv6(44, fragment_head(UDP, 0x5C8) + bytes(8)),
            first6=ipv6(44, fragment_head(TCP, 1) + ports(12345, 80)),
            about_one=ipv6(ICMPV6, echo(3, 0)[:8] + bytes(6) + bytes([44, 64]) + bytes(32) + fragment_head(UDP, 8)),
        )
        self.check(False, first=ipv4(TCP, ports(1, 80), fragment=0x2000),
                   first6=ipv6(44, fragment_head(TCP, 1) + ports(1, 80)))

    def test_inside_a_tunnel(self) -> None:
        def carried(inner: bytes) -> bytes:
            return ipv4(UDP, ports(50000, 4789)[:4] + bytes(4) + bytes(8) + inner)
        inside = {
            'arp': ethernet(0x0806, bytes(28)), 'echo': ipv4(ICMP, echo(8, 0xABCD)),
            'echo6': ipv6(ICMPV6, echo(128, 0xABCD)), 'later': ipv4(ICMP, bytes(8), fragment=0x00B9),
        }
        for name, inner in inside.items():
            with self.subTest(name):
                self.assertTrue(kept(carried(inner), TUNNELLED))
                self.assertFalse(kept(carried(inner)), 'without tunnels nobody looks inside')
        for other in (ipv4(ICMP, echo(8, 0xABCE)), ipv6(ICMPV6, echo(128, 0xABCE)), bytes(14), b''):
            self.assertFalse(kept(carried(other), TUNNELLED))


if __name__ == '__main__':
    unittest.main()

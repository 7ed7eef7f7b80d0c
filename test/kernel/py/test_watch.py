from __future__ import annotations

import os
import socket
import struct
import unittest
from unittest import mock

from hoplab_kernel.netlink import attribute
from hoplab_kernel.watch.looks import listeners, processes
from hoplab_kernel.watch import watch
from hoplab_kernel.watch.memory import OWN_TABLE, Memory, ended_port, rule_news

UP, PROMISCUOUS = 0x10001, 0x100
REACHABLE, STALE, FAILED, NOARP, PERMANENT = 0x02, 0x04, 0x20, 0x40, 0x80


def link(flags: int, name: bytes = b'va\0', family: int = 0, index: int = 5) -> bytes:
    return struct.pack('=BxHiII', family, 1, index, flags, 0) + attribute(3, name)


def neighbour(state: int, address: bytes = b'\x0a\0\0\1', ether: bytes = b'\2\0\0\0\0\1', family: int = 2) -> bytes:
    return struct.pack('=B3xiHBB', family, 5, state, 0, 1) + attribute(1, address) + attribute(2, ether)


class News(unittest.TestCase):
    def setUp(self) -> None:
        self.memory = Memory()

    def link(self, body: bytes, kind: int = 16, number: int = 1) -> str | None:
        return self.memory.route_news(number, kind, body)

    def neighbour(self, body: bytes, kind: int = 28) -> str | None:
        return self.memory.route_news(1, kind, body)

    def test_a_link_is_news_once(self) -> None:
        self.assertEqual(self.link(link(0)), 'links')
        self.assertIsNone(self.link(link(0)))
        self.assertEqual(self.link(link(UP)), 'links')
        self.assertEqual(self.link(link(UP, b'vb\0')), 'links')
        self.assertEqual(self.link(link(UP), kind=17), 'links')
        self.assertIsNone(self.link(link(UP), kind=17), 'it is known to be gone')

    def test_links_of_two_namespaces_are_two(self) -> None:
        self.link(link(0))
        self.assertEqual(self.link(link(0), number=2), 'links')
        self.memory.forget(1)
        self.assertIsNone(self.link(link(0), number=2))
        self.assertEqual(self.link(link(0)), 'links')

    def test_what_a_capture_or_a_bridge_does_is_no_news(self) -> None:
        self.link(link(UP))
        self.assertIsNone(self.link(link(UP | PROMISCUOUS)))

    def test_a_port_is_news_when_its_settings_change_and_not_when_its_timers_do(self) -> None:
        def port(state: int, timer: int) -> bytes:
            inside = attribute(1, bytes([state])) + attribute(22, struct.pack('=Q', timer))
            return link(UP, family=7) + attribute(12 | 0x8000, inside)
        self.assertEqual(self.link(port(3, 1)), 'links')
        self.assertIsNone(self.link(port(3, 2)))
        self.assertEqual(self.link(port(1, 2)), 'links')

    def test_forwarding_entries_by_their_other_end(self) -> None:
        one, other = (neighbour(PERMANENT, address, family=7) for address in (b'\x0a\0\0\1', b'\x0a\0\0\2'))
        self.assertEqual(self.neighbour(one), 'permanent-neighbours')
        self.assertEqual(self.neighbour(other), 'permanent-neighbours')
        self.assertIsNone(self.neighbour(other))
        self.assertEqual(self.neighbour(one, kind=29), 'permanent-neighbours')
        self.assertEqual(self.neighbour(neighbour(REACHABLE, ether=b'\2\0\0\0\0\7', family=7)), 'neighbours')

    def test_neighbours(self) -> None:
        self.assertEqual(self.neighbour(neighbour(REACHABLE)), 'neighbours')
        self.assertIsNone(self.neighbour(neighbour(STALE)), 'still the same address')
        self.assertEqual(self.neighbour(neighbour(PERMANENT)), 'permanent-neighbours')
        self.assertEqual(self.neighbour(neighbour(REACHABLE)), 'permanent-neighbours', 'it was one')
        self.assertEqual(self.neighbour(neighbour(FAILED)), 'neighbours')
        self.assertIsNone(self.neighbour(neighbour(FAILED)))
        self.assertIsNone(self.neighbour(neighbour(NOARP)))

    def test_other_messages(self) -> None:
        kinds = {kind: self.memory.route_news(1, kind, b'') for kind in (20, 24, 33, 80, 99)}
        self.assertEqual(kinds, {20: 'addresses', 24: 'routes', 33: 'routes', 80: 'sysctls', 99: None})

    def test_rules(self) -> None:
        new_rule, new_generation = 10 << 8 | 6, 10 << 8 | 15
        self.assertEqual(rule_news(new_rule, bytes(4) + attribute(1, b'filter\0')), 'rules')
        self.assertIsNone(rule_news(new_rule, bytes(4) + attribute(1, OWN_TABLE)))
        self.assertIsNone(rule_news(new_generation, bytes(4)))

    def test_a_socket_that_ended(self) -> None:
        self.assertEqual(ended_port(b'\2\0\0\0\x1f\x90' + bytes(60)), 8080)


class Looks(unittest.TestCase):
    def test_listeners(self) -> None:
        with socket.socket() as waiting, socket.socket(type=socket.SOCK_DGRAM) as datagrams:
            waiting.bind(('127.0.0.1', 0))
            waiting.listen()
            datagrams.bind(('127.0.0.1', 0))
            address = socket.inet_aton('127.0.0.1') + bytes(12)
            expected = {(2, socket.IPPROTO_TCP, address, waiting.getsockname()[1]),
                        (2, socket.IPPROTO_UDP, address, datagrams.getsockname()[1])}
            self.assertLessEqual(expected, listeners())
        self.assertEqual(expected & listeners(), set())

    def test_processes(self) -> None:
        child = os.fork()
        if child == 0:
            os._exit(0)
        os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        self.assertNotIn(str(child), processes(), 'a zombie has ended')
        os.waitpid(child, 0)
        self.assertIn(str(os.getpid()), processes())


if __name__ == '__main__':
    unittest.main()


class Scan(unittest.TestCase):
    def test_a_directory_is_watched_before_it_is_listed(self) -> None:
        steps: list[tuple[str, str]] = []

        def listed(directory: str) -> list[str]:
            steps.append(('list', directory))
            return ['one']

        scanning = watch.Watch.__new__(watch.Watch)
        scanning.nodes = {}
        with (
            mock.patch.object(watch, 'listed', listed),
            mock.patch.object(watch, 'identity_of', lambda _: None),
            mock.patch.object(watch, 'unnamed', dict),
            mock.patch.object(watch.Watch, 'add', lambda _, directory, *rest: steps.append(('watch', directory))),
        ):
            scanning.scan()
        for directory in (watch.NAMESPACES, watch.NODES, f'{watch.ETC}/netns'):
            self.assertLess(steps.index(('watch', directory)), steps.index(('list', directory)), directory)
        self.assertIn(('watch', f'{watch.ETC}/netns/one'), steps)

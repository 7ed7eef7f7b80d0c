"""The filter of system calls, run by an interpreter of its few instructions, for both processors."""
from __future__ import annotations

import socket
import unittest

from hoplab_kernel.confine import (ALLOW, AT_LEAST, EQUAL, FAMILIES, IO_URING_SETUP, LOAD, NO_CALL, NO_FAMILY,
                                   PROCESSORS, RETURN, X32, rules)


def judged(processor: str, number: int, architecture: int, first: int = 0) -> int:
    seen = {0: number, 4: architecture, 16: first}
    value, at = 0, 0
    program = rules(processor)
    while True:
        code, so, not_so, operand = program[at]
        at += 1
        if code == RETURN:
            return operand
        if code == LOAD:
            value = seen[operand]
        else:
            holds = value == operand if code == EQUAL else value >= operand
            assert code in (EQUAL, AT_LEAST)
            at += so if holds else not_so


class Filter(unittest.TestCase):
    def test_families(self) -> None:
        for processor, (own, _, *makers) in PROCESSORS.items():
            for maker in makers:
                for family in range(64):
                    wanted = ALLOW if family in FAMILIES else NO_FAMILY
                    self.assertEqual(judged(processor, maker, own, family), wanted, family)
                self.assertEqual(judged(processor, maker, own, int(socket.AF_VSOCK)), NO_FAMILY)

    def test_ways_around_it(self) -> None:
        for processor, (own, _, make_socket, _) in PROCESSORS.items():
            others = [each for each, *_ in PROCESSORS.values() if each != own] + [0x40000003]
            for number in (0, make_socket, 102, 359):
                for other in others:
                    self.assertEqual(judged(processor, number, other, int(socket.AF_INET)), NO_CALL)
            self.assertEqual(judged(processor, make_socket | X32, own, int(socket.AF_INET)), NO_CALL)
            self.assertEqual(judged(processor, IO_URING_SETUP, own), NO_CALL)

    def test_other_calls(self) -> None:
        for processor, (own, _, *makers) in PROCESSORS.items():
            for number in range(600):
                if number not in (*makers, IO_URING_SETUP):
                    self.assertEqual(judged(processor, number, own, int(socket.AF_VSOCK)), ALLOW, number)


if __name__ == '__main__':
    unittest.main()

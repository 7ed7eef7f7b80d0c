"""All machines of the daemon: their orders, their news, the answers."""
from __future__ import annotations

import os
import select
import time

from .machine import Machine
from .namespaces import Home

# Seconds between two looks at names without a namespace.
TICK = 0.0003
# Pieces of news that a machine's answer waits for at most.
PIECES = 8


class Settler:
    def __init__(self, home: Home) -> None:
        self.home = home
        self.machines: dict[int, Machine] = {}
        # Machines that an answer is due for, once for each `settle`.
        self.asked: list[int] = []

    def obey(self, order: str, pid: int) -> None:
        if order == 'remove':
            machine = self.machines.pop(pid, None)
            if machine is not None:
                machine.end()
            return
        try:
            if pid not in self.machines:
                self.machines[pid] = Machine(pid, self.home)
            self.machines[pid].look(True)
        except (OSError, IndexError):
            # It has ended.
            pass
        if order == 'settle':
            self.asked.append(pid)

    def answer(self) -> None:
        """A machine's flood of names delays only that machine, and not for long."""
        for pid in list(dict.fromkeys(self.asked)):
            machine = self.machines.get(pid)
            pieces = PIECES
            while machine is not None and pieces > 0 and machine.take():
                pieces -= 1
            if machine is None or not machine.waiting:
                for _ in range(self.asked.count(pid)):
                    self.asked.remove(pid)
                    print('settled', pid, flush=True)

    def run(self) -> None:
        rest = b''
        while True:
            now = time.monotonic()
            heard = {one.inotify: one for one in self.machines.values() if now >= one.rests_until}
            busy = any(one.waiting for one in self.machines.values()) or len(heard) < len(self.machines)
            poll = select.poll()
            for fd in (0, *heard):
                poll.register(fd, select.POLLIN)
            ready = [fd for fd, _ in poll.poll(0 if busy else None)]
            if busy and not ready:
                time.sleep(TICK)
            if 0 in ready:
                data = os.read(0, 1 << 16)
                if not data:
                    return
                *lines, rest = (rest + data).split(b'\n')
                for line in lines:
                    order, pid = line.decode().split()
                    self.obey(order, int(pid))
            self.answer()
            for fd in ready:
                machine = heard.get(fd)
                if machine is not None and self.machines.get(machine.pid) is machine:
                    machine.take()
            for machine in self.machines.values():
                machine.look_again()

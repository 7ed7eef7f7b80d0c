"""
Reports which packets the kernel drops, and why, and which TCP connections programs open: tracepoints
skb:kfree_skb, net:netif_receive_skb and sock:inet_sock_set_state (Documentation/trace/events.rst), in a
buffer of its own. Runs outside the machine, for one trace after the other. In: a line to begin, a line to stop; the end
of input ends it, and so does SIGTERM. Out: a line `ready` or `unavailable`, then a line of JSON for each drop and each
connection, and `over` behind the last one.
"""
from __future__ import annotations

import contextlib
import ctypes
import json
import os
import re
import select
import signal
import sys
import time

from .system import NEW_NS, PRIVATE, RECURSIVE, called, libc

TYPE_CHECKING = False
if TYPE_CHECKING:
    import io

ROOT = '/sys/kernel/tracing'
EVENTS = ('net/netif_receive_skb', 'skb/kfree_skb', 'sock/inet_sock_set_state')
# Only changes to TCP_SYN_SENT (net/tcp_states.h): connect(2) makes them.
OPENED = 'newstate == 2'
# In ms.
READ_EVERY = 20
# A line for the daemon.
Told = dict[str, 'str | int']
RECEIVED = re.compile(rb' (\d+)\.(\d{6}): netif_receive_skb: dev=(\S+) skbaddr=\S+ len=(\d+)')
DROPPED = re.compile(rb': kfree_skb: skbaddr=(\S+) (?:rx_sk=\S+ )?protocol=\d+ location=(\S+).* reason: (\w+)')
OPENING = re.compile(rb'^ *(.+)-\d+ +\[\d+\].* (\d+)\.(\d{6}): inet_sock_set_state: .*protocol=IPPROTO_TCP .*'
                     rb'dport=(\d+) .*daddr=(\S+) .*daddrv6=(\S+) ')


def write(path: str, text: str) -> None:
    with open(path, 'w') as file:
        file.write(text)


def sweep() -> None:
    """Buffers of processes that ended before they could remove them; a number is a process as long as it lives."""
    for name in os.listdir(f'{ROOT}/instances'):
        pid = re.fullmatch(r'hoplab-(\d+)', name)
        if pid and not os.path.exists(f'/proc/{pid[1]}'):
            # Another one may sweep as well.
            with contextlib.suppress(FileNotFoundError):
                os.rmdir(f'{ROOT}/instances/{name}')


def opening(line: bytes, offset: int) -> Told | None:
    found = OPENING.search(line)
    if not found:
        return None
    at = int(found[2]) * 10**9 + int(found[3]) * 1000 + offset
    address = found[5] if found[6].startswith(b'::ffff:') else found[6]
    return {'time': str(at), 'event': 'connect', 'program': found[1].decode(errors='replace'),
            'destination': address.decode(errors='replace'), 'port': int(found[4])}


class Reading:
    """Of one trace. Joins each packet that the kernel drops with the device by which it was received last."""

    def __init__(self, pipe: io.RawIOBase, offset: int) -> None:
        self.pipe = pipe
        self.offset = offset
        self.rest = b''
        # Lines, by a packet's address in the kernel, which is another packet's later.
        self.received: dict[bytes, bytes] = {}

    def tell(self) -> bool:
        """False where there was nothing to read."""
        data = self.pipe.read(1 << 16) or b''
        *whole, self.rest = (self.rest + data).split(b'\n')
        for line in whole:
            # Of a flood, nearly every line is one of these.
            if b': netif_receive_skb: ' in line:
                self.received[line.rpartition(b' skbaddr=')[2].partition(b' ')[0]] = line
                continue
            found = DROPPED.search(line)
            record = self.drop(*found.groups()) if found else opening(line, self.offset)
            if record:
                print(json.dumps(record))
        return data != b''

    def drop(self, packet: bytes, location: bytes, reason: bytes) -> Told | None:
        received = RECEIVED.search(self.received.pop(packet, b''))
        if not received:
            return None
        at = int(received[1]) * 10**9 + int(received[2]) * 1000 + self.offset
        # A device's name is its maker's, and may be no text at all.
        return {'time': str(at), 'event': 'drop', 'link': received[3].decode(errors='replace'),
                'length': int(received[4]), 'location': location.decode(), 'reason': reason.decode()}


def clock_offset() -> int:
    """CLOCK_REALTIME minus CLOCK_MONOTONIC in ns, of the readings between which the least time has passed."""
    readings = []
    for _ in range(9):
        before = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
        now = time.clock_gettime_ns(time.CLOCK_REALTIME)
        after = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
        readings.append((after - before, now - (before + after) // 2))
    return min(readings)[1]


def mounted() -> bool:
    """Mounts tracefs where the VM has not, for this process only."""
    called(libc.unshare(NEW_NS), 'unshare')
    called(libc.mount(None, b'/', None, ctypes.c_ulong(RECURSIVE | PRIVATE), None), 'mount')
    return not int(libc.mount(b'tracefs', os.fsencode(ROOT), b'tracefs', ctypes.c_ulong(0), None))


def end_input(*_: object) -> None:
    """Whoever reads it is interrupted and reads on, and so finds its end."""
    os.dup2(os.open('/dev/null', os.O_RDONLY), 0)


def main(arguments: list[str]) -> None:
    if not os.path.exists(f'{ROOT}/instances') and not mounted():
        print('unavailable', flush=True)
        return
    own = f'{ROOT}/instances/hoplab-{os.getpid()}'
    # Killed, it would leave its buffer.
    signal.signal(signal.SIGTERM, end_input)
    try:
        sweep()
        os.mkdir(own)
    except OSError:
        print('unavailable', flush=True)
        return
    try:
        write(f'{own}/trace_clock', 'mono')
        write(f'{own}/events/sock/inet_sock_set_state/filter', OPENED)
        # Read from here, an event is gone: to empty a buffer takes the kernel longer than a trace does.
        with open(os.open(f'{own}/trace_pipe', os.O_RDONLY | os.O_NONBLOCK), 'rb', buffering=0) as pipe:
            with open(0, 'rb', buffering=0, closefd=False) as asked:
                while asked.readline():
                    report(own, pipe, asked)
    except OSError as error:
        print(error, file=sys.stderr)
    finally:
        os.rmdir(own)


def report(own: str, pipe: io.RawIOBase, asked: io.RawIOBase) -> None:
    for name in EVENTS:
        write(f'{own}/events/{name}/enable', '1')
    offset = clock_offset()
    reading = Reading(pipe, offset)
    print('ready', flush=True)
    asking = select.poll()
    asking.register(asked, select.POLLIN | select.POLLHUP)
    # The buffer is the whole VM's: a flood anywhere fills it in a tenth of a second, and the oldest is lost.
    wait = 0
    while not asking.poll(wait):
        wait = 0 if reading.tell() else READ_EVERY
    more = asked.readline()
    for name in EVENTS:
        write(f'{own}/events/{name}/enable', '0')
    while reading.tell():
        pass
    # Who ended the input wants no more words, and must not take it for one that goes on.
    if more:
        print('over', flush=True)

"""
Pings every node of a machine from every other. One process, which joins the machine (join.py) and opens a raw
socket in each network namespace.
Argument: the machine's pid 1. In: a line of JSON {nodes: [[path of its namespace, address]], family: 4 or 6,
wait: seconds for an answer, again: seconds for one of those that were silent, or null, most: seconds for all}.
Out: lines `failed SENDER RECEIVER RESULT BY`, by the nodes' numbers; `unasked COUNT`: pairs for which there was no
time; `full COUNT`: how often the VM's table of neighbours had no room meanwhile; `end`.
"""
from __future__ import annotations

import json
import os
import resource
import socket
import sys
import time

from ..join import join
from ..system import NEW_NET, libc, opened_namespace
from .batches import batches, batches_of
from .echo import Echo
from .run import End, Run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Answers that may come when asked again: the kernel waits a second between two ARP requests.
QUIET = ('silence', 'host-unreachable')


def main(arguments: list[str]) -> None:
    asked = json.loads(sys.stdin.buffer.readline())
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    join(os.pidfd_open(int(arguments[0])))
    sys.stdout.write('\n'.join(pinged(asked, time.monotonic() + asked['most'])) + '\n')
    sys.stdout.flush()


def pinged(asked: dict[str, Any], until: float) -> list[str]:
    family = socket.AF_INET6 if asked['family'] == 6 else socket.AF_INET
    ends = [end_in(path, address, family) for path, address in asked['nodes']]
    everyone = {number for number, end in enumerate(ends) if end is not None}
    witness = next((end.neighbours for end in ends if end is not None), None)
    full = witness.times_full() if witness else 0
    run = Run(ends, Echo(family, os.urandom(16)))
    run.ask(batches(len(ends)), asked['wait'], until)
    if asked['again'] is not None:
        quiet = [pair for pair, (result, _) in run.results.items() if result in QUIET]
        run.ask(batches_of(quiet), asked['again'], until)
    # Routers between them have entries of their own.
    run.forget(everyone, everyone)
    failed = [f'failed {source} {target} {result} {by or "-"}'
              for (source, target), (result, by) in run.results.items() if result != 'reply']
    unasked = len(ends) * (len(ends) - 1) - len(run.results)
    return [*failed, f'unasked {unasked}', f'full {(witness.times_full() if witness else 0) - full}', 'end']


def end_in(path: str, address: str, family: int) -> End | None:
    try:
        namespace = opened_namespace(path)
    except OSError:
        return None
    failed = libc.setns(namespace, NEW_NET)
    os.close(namespace)
    return None if failed else End(address, family)

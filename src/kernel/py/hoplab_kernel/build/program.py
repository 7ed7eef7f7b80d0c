"""
Makes the start topology of a machine (kernel/perform/build.ts), in one process that joins it (join.py).
Argument: the machine's pid 1. In: a line of JSON (Asked). Out: nothing, or `failed STEP WORDS`, by the number of the
step that failed; `end`.
"""
from __future__ import annotations

import json
import os
import sys

from ..join import join
from .namespaces import Namespaces, write
from .wire import veth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypedDict

    class Asked(TypedDict):
        settings: list[tuple[str, str]]
        # What to do, and its arguments; `in` is the path of a network namespace.
        steps: list[dict[str, Any]]


def main(arguments: list[str]) -> None:
    asked: Asked = json.loads(sys.stdin.buffer.readline())
    proc = os.open('/proc', os.O_RDONLY | os.O_DIRECTORY)
    join(os.pidfd_open(int(arguments[0])))
    os.fchdir(proc)
    places = Namespaces(asked['settings'])
    said = ''
    for number, step in enumerate(asked['steps']):
        try:
            take(places, step)
        except OSError as error:
            said = f'failed {number} {error.strerror or error}\n'
            break
    sys.stdout.write(f'{said}end\n')
    sys.stdout.flush()


def take(places: Namespaces, step: dict[str, Any]) -> None:
    do = step['do']
    if do == 'netns':
        places.add(step['name'])
    elif do == 'host':
        places.add_host(step['name'])
    elif do == 'veth':
        ends = [(places.enter(path), link, index) for path, link, index in step['ends']]
        veth(places.enter(''), ends)
    elif do == 'sysctl':
        places.enter(step['in'])
        write(step['file'], step['value'])
    elif do == 'bridge':
        places.enter(step['in']).bridge(step['link'])
    elif do == 'set':
        places.enter(step['in']).set(step['link'], up=step['up'], mtu=step['mtu'], master=step['master'])
    elif do == 'address':
        places.enter(step['in']).address(step['link'], step['address'], step['length'])
    else:
        places.enter(step['in']).route(step['to'], step['via'], step['link'])

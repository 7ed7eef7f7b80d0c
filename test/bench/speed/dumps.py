"""
Dumps links, addresses, routes, neighbours and rules of every network namespace of a machine, and throws them away.
Argument: the machine's pid 1. Out: milliseconds.
"""
import os
import socket
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).parents[3] / 'src/kernel/py'))
from hoplab_kernel.join import join  # noqa: E402
from hoplab_kernel.look.dump import pieces  # noqa: E402
from hoplab_kernel.look.node import LINKS, OTHERS  # noqa: E402
from hoplab_kernel.system import NEW_NET, libc, opened_namespace  # noqa: E402


def main(pid: int) -> None:
    join(os.pidfd_open(pid))
    started = time.perf_counter()
    for path in ['/proc/1/ns/net'] + [f'/run/netns/{name}' for name in os.listdir('/run/netns')]:
        fd = opened_namespace(path)
        libc.setns(fd, NEW_NET)
        os.close(fd)
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as asker:
            for request in (LINKS, *OTHERS):
                pieces(asker, request)
    print((time.perf_counter() - started) * 1000, flush=True)


main(int(sys.argv[1]))

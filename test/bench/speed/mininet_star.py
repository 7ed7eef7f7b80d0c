"""
Mininet's hosts on one bridge. Runs in network, process and mount namespaces of its own (unshare). Arguments: how many
hosts, and how many of them ping each other. Out: milliseconds until they are ready, milliseconds of pingAll.
"""
import sys
import time

from mininet.log import setLogLevel
from mininet.net import Mininet
from mininet.nodelib import LinuxBridge
from mininet.topo import SingleSwitchTopo


def main(hosts: int, pinging: int) -> None:
    setLogLevel('critical')
    # It would set limits and sysctls of the whole VM.
    Mininet.inited = True
    started = time.perf_counter()
    net = Mininet(topo=SingleSwitchTopo(hosts), switch=LinuxBridge, controller=None)
    net.start()
    ready = time.perf_counter()
    if net.ping(net.hosts[:pinging]) > 0:
        raise SystemExit('pings were lost')
    ended = time.perf_counter()
    print((ready - started) * 1000, (ended - ready) * 1000, flush=True)
    net.stop()


main(int(sys.argv[1]), int(sys.argv[2]))

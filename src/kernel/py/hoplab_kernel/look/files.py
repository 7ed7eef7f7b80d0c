"""
The state that the kernel exposes in files only, and the names of tables and protocols in a machine's own
files.
"""
from __future__ import annotations

import os
import stat

# Bytes of one file that are read.
MOST = 1 << 16
# iproute2 of Debian 12 and Ubuntu 24.04 reads the first, later ones both.
CONFIGURATION = (
    '/usr/share/iproute2/rt_tables', '/etc/iproute2/rt_tables', '/usr/share/iproute2/rt_protos',
    '/etc/iproute2/rt_protos',
)
CONF = ('route_localnet', 'arp_filter', 'arp_ignore', 'src_valid_mark', 'accept_local')
# The settings read below /proc/sys/net, a line each; netlink has the settings of links.
SETTINGS = {
    'ipv4': (
        'ip_nonlocal_bind', 'ip_default_ttl', 'ip_unprivileged_port_start',
        'icmp_echo_ignore_all', 'icmp_echo_ignore_broadcasts',
        *(f'conf/{which}/{name}' for which in ('all', 'default') for name in CONF),
    ),
    'ipv6': (
        *(f'conf/{which}/{name}' for which in ('all', 'default') for name in ('disable_ipv6', 'hop_limit')),
        'icmp/echo_ignore_all', 'icmp/echo_ignore_multicast',
    ),
    'bridge': ('bridge-nf-call-iptables', 'bridge-nf-call-ip6tables', 'bridge-nf-call-arptables'),
}
LABELLED = [
    (top, [(name, f'{top}/{name}:'.encode()) for name in names]) for top, names in SETTINGS.items()
]
# If the kernel has this file, it has rules of iptables-legacy.
LEGACY = ('ip_tables_names', 'ip6_tables_names')


def own_files() -> dict[str, int]:
    """
    Directories of the VM's /proc, which show each process its own network namespace. They are opened before
    the machine is joined: there, something else may be mounted on them.
    """
    flags = os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC
    return {'settings': os.open('/proc/sys/net', flags), 'proc': os.open('/proc', flags)}


def content(path: str, directory: int | None = None, most: int = 1 << 12) -> bytes:
    """Empty where there is no such file, or none that can be read."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC, dir_fd=directory)
    except OSError:
        return b''
    try:
        return os.read(fd, most)
    except OSError:
        return b''
    finally:
        os.close(fd)


def configuration(path: str) -> bytes:
    try:
        return content(path, None, MOST) if stat.S_ISREG(os.stat(path).st_mode) else b''
    except OSError:
        return b''


def settings(directory: int, further: list[str]) -> bytes:
    """
    Lines `path:value`. The first directories are opened: a look-up there costs a comparison per namespace. Of a hundred
    nodes this is a third of the time, so nothing is made of a value.
    """
    lines: list[bytes] = []
    opened, read, closed = os.open, os.read, os.close
    for top, names in LABELLED:
        try:
            at = opened(top, os.O_PATH | os.O_CLOEXEC, dir_fd=directory)
        except OSError:
            continue
        for name, label in names:
            try:
                fd = opened(name, os.O_RDONLY | os.O_CLOEXEC, dir_fd=at)
                value = read(fd, 64)
                closed(fd)
            except OSError:
                continue
            if value:
                lines += (label, value)
        closed(at)
    for path in further:
        # A dot is a slash by now: `..` has become empty parts, and leads nowhere.
        if all(part not in ('', '.', '..') for part in path.split('/')):
            lines += lines_of(path, content(path, directory))
    return b''.join(lines)


def lines_of(path: str, value: bytes) -> list[bytes]:
    return [path.encode() + b':' + line + b'\n' for line in value.split(b'\n') if line]


def counted(text: bytes, names: tuple[bytes, ...]) -> bool:
    """Whether /proc/net/sockstat counts a socket in use."""
    for line in text.split(b'\n'):
        fields = line.split()
        if len(fields) > 2 and fields[0] in names and fields[2] != b'0':
            return True
    return False


def sockets_of_processes() -> bytes:
    """Lines `socket pid name`: which of the machine's processes holds which socket."""
    lines = []
    for pid in sorted((name for name in os.listdir('/proc') if name.isdigit()), key=int):
        try:
            held = os.listdir(f'/proc/{pid}/fd')
        except OSError:
            continue
        found = []
        for fd in held:
            try:
                target = os.readlink(f'/proc/{pid}/fd/{fd}')
            except OSError:
                continue
            if target.startswith('socket:['):
                found.append(target[8:-1])
        if found:
            name = content(f'/proc/{pid}/comm').rstrip(b'\n')
            lines += [f'{socket} {pid} '.encode() + name + b'\n' for socket in found]
    return b''.join(lines)

# Shared by the programs that read netlink (netlink(7)): they are sent to python3 behind this.
import struct


def messages(data):
    """(type, body) of each message in what one read gave."""
    while len(data) >= 16:
        size, kind, _, _, _ = struct.unpack_from('=IHHII', data)
        if size < 16:
            return
        yield kind, data[16:size]
        data = data[(size + 3) & ~3:]



import { echoHeaders } from '../../../probe/echo.ts';

/**
 * Looks for the largest packet that is answered, asking first for the one that should be it: echo requests that may not
 * be cut, sent whole whatever the kernel remembers of the path (IP_PMTUDISC_PROBE in ip(7), which Debian 12's ping has
 * no option for). A reply that came in time counts also where this program was not run in time.
 */
export function search(to: string, wanted: number): string {
  const [family, protocol, level, option, request, reply, least] = to.includes(':')
    ? [10, 58, 41, 23, 128, 129, 1280]
    : [2, 1, 0, 10, 8, 0, 68];
  return `python3 -I - <<'END'
import errno, os, select, socket, struct, time
link = socket.socket(${family}, socket.SOCK_RAW, ${protocol})
link.setsockopt(${level}, ${option}, 3)
link.connect(('${to}', 0))
own = os.getpid() & 0xffff
def echo(size):
    head = struct.pack('!BBHHH', ${request}, 0, 0, own, size & 0xffff)
    data = bytes(size - ${echoHeaders(to)})
    total = sum(struct.unpack('!4H', head))
    total = (total & 0xffff) + (total >> 16)
    total = (total & 0xffff) + (total >> 16)
    return struct.pack('!BBHHH', ${request}, 0, ~total & 0xffff, own, size & 0xffff) + data
def fits(size):
    try:
        link.send(echo(size))
        end = time.monotonic() + 0.5
        while (left := end - time.monotonic()) > -0.5 and select.select([link], [], [], max(0, left))[0]:
            said = link.recv(65535)
            said = said[(said[0] & 15) * 4:] if ${family} == 2 else said
            if said[0] == ${reply} and struct.unpack('!HH', said[4:8]) == (own, size & 0xffff):
                return True
    except OSError as error:
        if error.errno in (errno.ENOBUFS, errno.ENOMEM):
            raise
    return False
low, high, size = ${least - 1}, 65536, ${wanted}
while high - low > 1:
    low, high = (size, high) if fits(size) else (low, size)
    size = low + 1 if (low, high) == (${wanted}, 65536) else (low + high) // 2
print('largest', low)
END`;
}

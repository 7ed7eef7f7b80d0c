import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { withDaemon } from '../support/daemon.ts';

t.test('a capture is a file of packets; another program in the place of tcpdump is named', (t) =>
  withDaemon(async (daemon) => {
    await daemon.start();
    await daemon.hoplab('start', 'switching');
    const file = join(daemon.directory, 'packets.pcapng');
    const capture = () => daemon.started('capture', 'host', 'lo', '--count', '2', '--write', file);
    const captured = capture();
    let over = false;
    const ended = captured.ended.finally(() => {
      over = true;
    });
    while (!over) await daemon.hoplab('exec', 'host', '--', 'ping', '-c', '1', '127.0.0.1');
    t.equal((await ended).exitCode, 0);
    t.equal(readFileSync(file).readUInt32LE(0), 0x0a0d0d0a, 'a section header of pcapng');
    // Its output has no end, nor has any packet in it.
    const other =
      "printf '#!/bin/sh\\nexec yes\\n' >/root/t; chmod +x /root/t; mount --bind /root/t /usr/bin/tcpdump";
    await daemon.hoplab('exec', 'host', '--', 'sh', '-c', other);
    const { exitCode, stderr } = await capture().ended;
    t.equal(exitCode, 2);
    t.match(stderr, 'is it another program?');
  }),
);

import t from 'tap';
import type { Check } from '../../src/core/check/check.ts';
import { nodesOf } from '../../src/kernel/place/enter.ts';
import { httpResult } from '../../src/kernel/probe/http.ts';
import { nftOf } from '../../src/kernel/trace/nft.ts';
import { checkStep } from '../../src/session/checker.ts';
import { lookAt, timeliness } from '../../src/session/predictor.ts';
import { traceTarget } from '../../src/session/trace-target.ts';
import { asking, putInOrder, size, without } from '../support/broken-programs.ts';
import { everyCheck } from '../support/every-kind.ts';
import { workplace } from '../support/machines.ts';

const step = { id: 'step', solution: [], checks: [], faults: [], predict: [] };

/** The program does its work no further than these lines. */
const cutAfter = (lines: string) => `#!/mnt/own/bin/bash\n${lines}\nkill -9 $$\n`;

const known = (id: string): Check => {
  const found = everyCheck.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no check ${id}`);
  return found;
};
const args = { from: 'red', name: 'db.example', libc: 'glibc', prompt: true, expect: 'answer' } as const;
const prompt: Check = { id: 'prompt', kind: 'resolve', args, needs: [], until: null };

/** What each program had done by then looked like a finding about the network. */
const cut: [program: string, text: string, check: Check][] = [
  ['ss', cutAfter(':'), known('tcp-0')],
  ['dig', cutAfter(':'), prompt],
  ['tcpdump', cutAfter('echo listening on any >&2'), known('seen-0')],
  ['tcpdump', cutAfter('echo listening on any >&2'), known('cached-0')],
  ['ps', cutAfter('/mnt/own/bin/ps "$@" | /mnt/own/bin/head -n 2'), known('process-0')],
];

t.test('what a program was killed in is no finding about the network', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make(size);
    await asking(machine);
    await machine.run('host', ['bash', '-c', putInOrder]);
    for (const [program, text, check] of cut) {
      const ask = () => checkStep(machine, step, [check]);
      t.match(await ask(), [{ status: 'pass' }], `${check.id} while ${program} works`);
      t.match(
        await without(machine, program, text, ask),
        [{ status: 'could-not-check', reason: 'tool-failed' }],
        `${check.id} while ${program} is cut`,
      );
    }

    const answer = { kind: 'dies-at', from: 'red', to: '10.0.0.2' } as const;
    const die = () =>
      lookAt(machine, step, { id: 'die', text: { en: '', ko: '' }, choices: [], answer } as never);
    t.match(await die(), { answer: ['nowhere'] });
    t.match(
      await without(machine, 'ping', cutAfter(':'), die),
      { answer: null },
      'the machine does not say where a packet ends that was not sent',
    );

    const after = { ...step, checks: [known('ping-0')] };
    const when = () => timeliness(machine, after, { after: ['ping-0'], before: [] } as never);
    t.equal(await when(), null);
    t.match(
      await without(machine, 'ping', cutAfter(':'), when),
      { outcome: 'undecided', verdict: { status: 'could-not-check' } },
      'a question does not come too early for a check that was not asked',
    );

    await machine.run('host', ['nft', 'add table netdev whole']);
    const rules = async () => Object.keys(await nftOf(machine.pid, await nodesOf(machine.pid))).sort();
    t.strictSame(await rules(), ['host', 'red']);
    const some = cutAfter('/mnt/own/sbin/nft "$@" | /mnt/own/bin/head -n 1');
    t.strictSame(await without(machine, 'nft', some, rules), [], 'a part of the rules is not all of them');

    const target = () =>
      traceTarget(machine, { from: 'red', to: 'nobody.example', probe: { kind: 'icmp' } } as never);
    await t.rejects(target(), { code: 'argument-invalid' });
    await t.rejects(
      without(machine, 'getent', cutAfter(':'), target),
      { code: 'feature-missing', message: /could not look nobody\.example up with getent/ },
      'a look-up that was not done finds no name missing',
    );
  }),
);

t.test('curl that could start no thread for a name does not say that there is no such name', async (t) => {
  const said = (stderr: string) =>
    httpResult({
      ...{ exitCode: 6, signal: null, stdout: '', stderr },
      ...{ timedOut: false, truncated: false, milliseconds: 1 },
    });
  t.equal(said('curl: (6) getaddrinfo() thread failed to start'), 'tool-failed');
  t.equal(said('curl: (6) Could not resolve host: shop'), 'name-unknown');
});

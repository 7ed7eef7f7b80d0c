import assert from 'node:assert/strict';
import type { Said, Vm } from './vm.ts';

export const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

export async function must(vm: Vm, command: string, seconds = 600): Promise<Said> {
  const said = await vm.run(command, seconds);
  assert.equal(
    said.code,
    0,
    `${command.slice(0, 200)}: exit code ${said.code} after ${said.seconds.toFixed(0)} s\n${said.text.slice(-3000)}`,
  );
  return said;
}

/** The daemon answers, and no session of a stage that failed or was cut is left. */
export async function noSession(vm: Vm): Promise<void> {
  // The stage inventory may have been cut while the daemon was down.
  const waiting = 'for i in $(seq 300); do hoplab sessions >/dev/null 2>&1 && break; sleep 1; done';
  await must(vm, `sudo systemctl start hoplab && ${waiting}; hoplab stop --all`);
}

export interface SessionAt {
  id: string;
  lab: string;
  step: string;
}

export async function sessionsOf(vm: Vm): Promise<SessionAt[]> {
  const { sessions } = JSON.parse((await must(vm, 'hoplab sessions --json')).text) as {
    sessions: SessionAt[];
  };
  return sessions.map(({ id, lab, step }) => ({ id, lab, step }));
}

/** The step at which the only session is. */
export async function beginStep(vm: Vm): Promise<string> {
  const [session] = await sessionsOf(vm);
  assert(session !== undefined, 'no session');
  return session.step;
}

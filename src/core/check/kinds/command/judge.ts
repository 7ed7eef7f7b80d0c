import { languages, type Text } from '../../../language.ts';
import type { Values } from '../../../verdict/verdict.ts';
import {
  type Frame,
  fail,
  isJudgement,
  type JudgeFacts,
  type Judgement,
  nodeOr,
  pass,
  unchecked,
} from '../../judgement.ts';
import { outcomeOr } from '../../probe-frame.ts';
import { nearMiss, processEvidence, runningAs } from '../process/judge.ts';
import type { Args } from './schema.ts';

/** The kernel's and its tools' words for EPERM and EACCES. */
const refused = /Operation not permitted|Permission denied/;

/** A command ends as asked; one that must fail counts only where its control, with the same rights, succeeds. */
export function judgeCommand({ args, observation, processes, outcomes }: JudgeFacts<Args>): Judgement {
  const { on, run, as, exit, output, means, control } = args;
  const expected = output === undefined ? `exit ${exit}` : `exit ${exit}, ${output}`;
  const values = {
    run,
    program: as ?? '',
    expected: `exit ${exit}`,
    controlRun: control ?? '',
    pid: '',
    wanted: as ?? '',
    ...meaningOf(means),
  };
  const frame: Frame = { node: on, object: run, expected, values, evidence: [] };
  const node = nodeOr(frame, observation, on);
  if (isJudgement(node)) return node;
  if (as !== undefined && runningAs(processes, on, as).length === 0) {
    frame.evidence = [processEvidence(observation, on, processes, as)];
    return { ...fail(frame, 'process-missing', '-', nearMiss(processes, on, as)), object: as };
  }
  const outcome = outcomeOr(frame, observation, on, outcomes[0]);
  if ('reason' in outcome) return outcome;
  if (outcome.result === 'silence') return fail(frame, 'wrong-exit', '-', { endless: run });
  const text = outcome.body ?? '';
  const ended = `exit ${outcome.status}`;
  if (outcome.status !== exit) {
    const reason = exit === 0 && refused.test(text) ? 'not-permitted' : 'wrong-exit';
    return fail(frame, reason, ended, { printed: text.trim() === '' ? '' : lastLine(text) });
  }
  if (output !== undefined && !text.includes(output)) {
    return fail(frame, 'wrong-output', lastLine(text), {
      expected: output,
      ...(exit === 0 ? {} : { code: String(exit) }),
    });
  }
  if (exit === 0) return pass(frame, ended);
  const compared = outcomes[1];
  if (compared === null || compared === undefined) return unchecked(frame, 'control-failed', '-');
  frame.evidence = [...frame.evidence, compared.evidence];
  if (compared.result === 'tool-failed') {
    return unchecked(frame, 'tool-failed', '-', { tool: compared.evidence.command });
  }
  if (compared.result === 'silence') {
    return unchecked(frame, 'control-failed', '-', { endless: compared.evidence.command });
  }
  if (compared.status !== 0) {
    const more = { controlRun: compared.evidence.command, controlResult: `exit ${compared.status}` };
    return unchecked(frame, 'control-failed', `exit ${compared.status}`, more);
  }
  return pass(frame, `${ended}, ${lastLine(text)}`);
}

/** What the command asks, a value for each language. */
const meaningOf = (means?: Text): Values =>
  means === undefined
    ? {}
    : Object.fromEntries(languages.map((language) => [`means-${language}`, means[language]]));

/** The title of a web page; kubectl exec adds the exit code of its program, which is known, in a line of its own. */
function lastLine(text: string): string {
  const title = /<title>([^<]+)<\/title>[\s\S]*<\/html>\s*$/i.exec(text)?.[1];
  const lines = text
    .trim()
    .split('\n')
    .filter((line) => !/^command terminated with exit code \d+$/.test(line));
  return (title ?? lines.at(-1) ?? text.trim()).slice(0, 160) || '-';
}

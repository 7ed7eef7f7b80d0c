import type { Observation, Process } from '../state/observation.ts';
import type { Check, CheckKind } from './check.ts';
import { judgeAddress } from './judge-address.ts';
import { judgeCached } from './judge-cached.ts';
import { judgeCommand } from './judge-command.ts';
import { judgeDistribution } from './judge-distribution.ts';
import { judgeDns } from './judge-dns.ts';
import { judgeFile } from './judge-file.ts';
import { judgeHttp } from './judge-http.ts';
import { judgeLink } from './judge-link.ts';
import { judgeListener } from './judge-listener.ts';
import { judgeNat } from './judge-nat.ts';
import { judgeNeighbour } from './judge-neighbour.ts';
import { judgeNetns } from './judge-netns.ts';
import { judgePath } from './judge-path.ts';
import { judgePing } from './judge-ping.ts';
import { judgeProcess } from './judge-process.ts';
import { judgeResolve } from './judge-resolve.ts';
import { judgeRoute } from './judge-route.ts';
import { judgeRule } from './judge-rule.ts';
import { judgeSeen } from './judge-seen.ts';
import { judgeSysctl } from './judge-sysctl.ts';
import { judgeTcp } from './judge-tcp.ts';
import { judgeTls } from './judge-tls.ts';
import type { Judgement, Seen } from './judgement.ts';
import { placeValues } from './places.ts';
import type { ProbeOutcome } from './probe.ts';
import { promptOf } from './shown.ts';
import type { Values, Verdict } from './verdict.ts';

/** A check, and everything that was seen when it was asked. */
export interface JudgeInput {
  step: string;
  check: Check;
  observation: Observation;
  processes: Process[];
  /** Answers to `probesOf(check)`, in its order; null where the node to send from does not exist. */
  outcomes: (ProbeOutcome | null)[];
}

/** One judge per kind of check: a kind without one does not compile. */
const judges: { [K in CheckKind]: (seen: Seen<K>) => Judgement } = {
  netns: judgeNetns,
  link: judgeLink,
  address: judgeAddress,
  route: judgeRoute,
  neighbour: judgeNeighbour,
  sysctl: judgeSysctl,
  rule: judgeRule,
  ping: judgePing,
  http: judgeHttp,
  seen: judgeSeen,
  process: judgeProcess,
  command: judgeCommand,
  dns: judgeDns,
  resolve: judgeResolve,
  cached: judgeCached,
  file: judgeFile,
  listener: judgeListener,
  tcp: judgeTcp,
  path: judgePath,
  nat: judgeNat,
  distribution: judgeDistribution,
  tls: judgeTls,
};

/**
 * Whether what was asked is so: `pass`, `fail` with a reason, or `could-not-check` where hoplab's own tool
 * failed. `values` has what the words in core/explain need; `asked` is the kind of the check.
 */
export function judge(input: JudgeInput): Verdict {
  const { step, check, observation } = input;
  const judgement = ask(input, check.kind);
  const node = judgement.node ?? 'host';
  const values: Values = {
    ...promptOf(observation, node),
    ...judgement.values,
    ...placeValues(observation, node, judgement.values),
    node,
    asked: check.kind,
  };
  return { ...judgement, check: check.id, step, values };
}

function ask<K extends CheckKind>(input: JudgeInput, kind: K): Judgement {
  const { check, observation, processes, outcomes } = input;
  return judges[kind]({ args: check.args as Seen<K>['args'], observation, processes, outcomes });
}

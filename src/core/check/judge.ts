import type { ProbeOutcome } from '../probe/probe.ts';
import type { Observation, Process } from '../state/observation.ts';
import { placeValues } from '../verdict/places.ts';
import { promptOf } from '../verdict/shown.ts';
import type { Values, Verdict } from '../verdict/verdict.ts';
import type { Check, CheckKind } from './check.ts';
import type { Judgement, Seen } from './judgement.ts';
import { judgeAddress } from './kinds/address/judge.ts';
import { judgeCached } from './kinds/cached/judge.ts';
import { judgeCommand } from './kinds/command/judge.ts';
import { judgeDistribution } from './kinds/distribution/judge.ts';
import { judgeDns } from './kinds/dns/judge.ts';
import { judgeFile } from './kinds/file/judge.ts';
import { judgeHttp } from './kinds/http/judge.ts';
import { judgeLink } from './kinds/link/judge.ts';
import { judgeListener } from './kinds/listener/judge.ts';
import { judgeNat } from './kinds/nat/judge.ts';
import { judgeNeighbour } from './kinds/neighbour/judge.ts';
import { judgeNetns } from './kinds/netns/judge.ts';
import { judgePath } from './kinds/path/judge.ts';
import { judgePing } from './kinds/ping/judge.ts';
import { judgeProcess } from './kinds/process/judge.ts';
import { judgeResolve } from './kinds/resolve/judge.ts';
import { judgeRoute } from './kinds/route/judge.ts';
import { judgeRule } from './kinds/rule/judge.ts';
import { judgeSeen } from './kinds/seen/judge.ts';
import { judgeSysctl } from './kinds/sysctl/judge.ts';
import { judgeTcp } from './kinds/tcp/judge.ts';
import { judgeTls } from './kinds/tls/judge.ts';

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

import type { z } from 'zod';
import { checksMethods } from './methods/checks.ts';
import { labsMethods } from './methods/labs.ts';
import { pathMethods } from './methods/path.ts';
import { predictionsMethods } from './methods/predictions.ts';
import { rpcMethods } from './methods/rpc.ts';
import { sessionsMethods } from './methods/sessions.ts';
import { stepsMethods } from './methods/steps.ts';
import { systemMethods } from './methods/system.ts';
import { terminalMethods } from './methods/terminal.ts';
import { topologyMethods } from './methods/topology.ts';
import { trafficMethods } from './methods/traffic.ts';

/** Everything a client can ask for. */
export const methods = [
  ...systemMethods,
  ...labsMethods,
  ...sessionsMethods,
  ...stepsMethods,
  ...checksMethods,
  ...predictionsMethods,
  ...topologyMethods,
  ...pathMethods,
  ...trafficMethods,
  ...terminalMethods,
  ...rpcMethods,
] as const;

type Definition = (typeof methods)[number];
export type MethodName = Definition['name'];
type Named<N extends MethodName> = Extract<Definition, { name: N }>;

/** Params as a client may write them: defaults and optionals may be left out. */
export type Params<N extends MethodName> = z.input<Named<N>['params']>;
/** Params as the server's handler gets them: checked, defaults filled in. */
export type CheckedParams<N extends MethodName> = z.output<Named<N>['params']>;
export type Result<N extends MethodName> = z.output<Named<N>['result']>;

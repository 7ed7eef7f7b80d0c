import type { Handlers, Services } from './handler.ts';
import { checksHandlers } from './handlers/checks.ts';
import { labsHandlers } from './handlers/labs.ts';
import { pathHandlers } from './handlers/path.ts';
import { predictionsHandlers } from './handlers/predictions.ts';
import { sessionsHandlers } from './handlers/sessions.ts';
import { stepsHandlers } from './handlers/steps.ts';
import { systemHandlers } from './handlers/system.ts';
import { terminalHandlers } from './handlers/terminal.ts';
import { topologyHandlers } from './handlers/topology.ts';
import { trafficHandlers } from './handlers/traffic.ts';

/** Every method's handler. */
export function createHandlers(services: Services): Handlers {
  return {
    ...systemHandlers(services),
    ...labsHandlers(services),
    ...sessionsHandlers(services),
    ...stepsHandlers(services),
    ...checksHandlers(services),
    ...predictionsHandlers(services),
    ...topologyHandlers(services),
    ...pathHandlers(services),
    ...trafficHandlers(services),
    ...terminalHandlers(services),
  };
}

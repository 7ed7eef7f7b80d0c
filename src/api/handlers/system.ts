import { openRpcDocument } from '../../protocol/openrpc.ts';
import { protocolVersion } from '../../protocol/version.ts';
import type { Handlers, Services } from '../handler.ts';

type Names = 'system.version' | 'system.doctor' | 'system.features' | 'rpc.discover';

export function systemHandlers({ system }: Services): Handlers<Names> {
  return {
    'system.version': () => ({ hoplab: system.version, protocol: protocolVersion }),
    async 'system.doctor'() {
      const findings = await system.doctor();
      return { ok: !findings.some(({ required, status }) => required && status === 'missing'), findings };
    },
    async 'system.features'() {
      return { features: await system.features() };
    },
    'rpc.discover': () => openRpcDocument(system.version),
  };
}

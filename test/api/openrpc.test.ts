import t from 'tap';
import { createHandlers } from '../../src/api/handlers.ts';
import { createMetrics } from '../../src/api/metrics.ts';
import { methods } from '../../src/protocol/methods.ts';
import { connect } from './client.ts';
import { createDouble } from './double.ts';
import { assemble, onSocket } from './listening.ts';

t.test('OpenRPC agrees with the code', async (t) => {
  const { url } = await onSocket(t);
  const client = await connect(t, url);
  const { result } = await client.call('rpc.discover', {});
  const described = result.methods.map(({ name }: { name: string }) => name).sort();
  const { app } = assemble({ door: { kind: 'local' } });
  t.teardown(() => app.close());
  const services = { ...createDouble(), log: app.log, metrics: createMetrics() };
  t.same(Object.keys(createHandlers(services)).sort(), described, 'what is served is described');
  for (const { name } of methods) {
    const answer = await client.call(name, {} as never);
    t.not(answer.error?.data.code, 'method-not-found', `${name} is served`);
  }
  t.same((await app.inject('/openrpc.json')).json(), result, 'the page says the same');
});

import t from 'tap';
import { connect } from './client.ts';
import { flowDouble } from './double.ts';
import { onSocket } from './listening.ts';

t.test('a connection that watches hears the traffic until it leaves', async (t) => {
  const { url, double } = await onSocket(t);
  const client = await connect(t, url);
  await client.call('sessions.start', { lab: 'network-namespaces' });
  t.equal(double.traffic.size, 0, 'nothing is sampled before somebody watches');
  const { result } = await client.call('traffic.watch', {});
  t.same(result, { flows: [flowDouble] });
  await client.call('traffic.watch', {});
  t.equal(double.traffic.size, 1, 'watching twice is watching once');
  const crossing = { flow: 1, node: 'red', link: 'veth-red', way: 'out', direction: 'request' } as const;
  const news = { flows: [flowDouble], crossings: [{ ...crossing, packets: 1, after: 0 }] };
  for (const watcher of double.traffic) watcher(news);
  const { params } = await client.notification('traffic.seen');
  t.same(params, { session: 's1', ...news });
  await client.call('traffic.unwatch', {});
  t.equal(double.traffic.size, 0);
  await client.call('traffic.watch', {});
  client.socket.close();
  const other = await connect(t, url);
  for (const end = Date.now() + 5000; double.traffic.size > 0; ) {
    if (Date.now() > end) throw new Error('it is still sampled');
    await other.call('system.version', {});
  }
  t.match(await other.call('traffic.watch', { session: 'none' }), {
    error: { data: { code: 'session-not-found' } },
  });
});

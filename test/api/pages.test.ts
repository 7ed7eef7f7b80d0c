import t from 'tap';
import { createMetrics } from '../../src/api/metrics.ts';
import { connect } from './client.ts';
import { assemble, onSocket } from './listening.ts';
import { fakeStream } from './stream.ts';

t.test('health', async (t) => {
  const { app } = assemble({ door: { kind: 'local' } });
  t.teardown(() => app.close());
  t.same((await app.inject('/healthz')).json(), { status: 'ok', version: '0.0.0-test' });
});

t.test('metrics count what happened, over all doors', async (t) => {
  const metrics = createMetrics();
  const { url, double } = await onSocket(t, { metrics });
  double.open = async () => fakeStream();
  const { app } = assemble({ door: { kind: 'local' }, ...double, metrics });
  t.teardown(() => app.close());
  const client = await connect(t, url);
  await client.call('sessions.start', { lab: 'network-namespaces' });
  await client.call('sessions.get', { session: 'none' });
  await client.call('terminal.open', {});
  const { body, headers } = await app.inject('/metrics');
  t.match(headers['content-type'], /^text\/plain; version=0\.0\.4/);
  for (const line of [
    'hoplab_info{version="0.0.0-test"} 1',
    'hoplab_sessions 1',
    'hoplab_machines 1',
    'hoplab_connections 1',
    'hoplab_terminals 1',
    'hoplab_requests_total{method="sessions.start",code="ok"} 1',
    'hoplab_requests_total{method="sessions.get",code="session-not-found"} 1',
    'hoplab_request_seconds_bucket{method="sessions.start",le="+Inf"} 1',
    'hoplab_request_seconds_count{method="sessions.start"} 1',
  ]) {
    t.ok(body.split('\n').includes(line), line);
  }
});

t.test('every line of the metrics is of the text format', async (t) => {
  const metrics = createMetrics();
  metrics.request('a"b\\c\nd', 'ok', 0.2);
  metrics.cut('slow-consumer');
  const line = /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{([a-z]+="([^"\\\n]|\\.)*",?)+\})? [0-9.e+-]+)$/;
  const wrong = metrics
    .text({ version: '1', sessions: 0, machines: 0 })
    .trimEnd()
    .split('\n')
    .filter((each) => !line.test(each));
  t.same(wrong, []);
});

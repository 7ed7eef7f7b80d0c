import t from 'tap';
import { AddressOrder } from '../../../src/cluster/real/address-order.ts';

t.test('a pod waits until the pod before it on the same node has its address', async (t) => {
  const last = new Map<string, string>();
  const order = new AddressOrder((node) => last.get(node) ?? '');
  const came: string[] = [];
  await order.turn('node01');
  const second = order.turn('node01').then(() => came.push('second'));
  await order.turn('node02').then(() => came.push('elsewhere'));
  t.strictSame(came, ['elsewhere'], 'another node is another order');
  last.set('node01', '10.244.1.2');
  await second;
  const third = order.turn('node01').then(() => came.push('third'));
  last.set('node01', '10.244.1.3');
  await third;
  t.strictSame(came, ['elsewhere', 'second', 'third']);
});

t.test('a pod that gets no address holds the others up for five seconds, once', async (t) => {
  const order = new AddressOrder(() => '10.244.1.2');
  await order.turn('node01');
  const started = performance.now();
  await order.turn('node01');
  t.ok(performance.now() - started >= 4_900);
});

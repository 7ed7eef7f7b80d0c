import { once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import t from 'tap';
import { Peers } from '../../../src/cluster/weave/peers.ts';

const [own, peer, stranger] = ['127.0.67.11', '127.0.67.12', '127.0.67.13'] as const;

t.test(
  'a peer that opens a connection is an end of the tunnel, and none any more when it ends',
  async (t) => {
    const said: string[] = [];
    let heard = Promise.withResolvers<void>();
    const say = async (text: string) => {
      said.push(text);
      heard.resolve();
    };
    const peers = new Peers(
      own,
      [peer],
      { add: (one) => say(`add ${one}`), remove: (one) => say(`remove ${one}`) },
      own,
    );
    t.teardown(() => peers.close());
    await peers.tried;
    t.strictSame(said, [], 'no program listens at the peer yet');
    const other = connect({ host: own, port: 6783, localAddress: stranger });
    await once(other, 'connect');
    const one = connect({ host: own, port: 6783, localAddress: peer });
    await heard.promise;
    t.strictSame(said, [`add ${peer}`], 'not one that is no peer');
    await setImmediate();
    t.strictSame([...peers.established], [peer]);
    heard = Promise.withResolvers<void>();
    one.end();
    await heard.promise;
    t.strictSame(said, [`add ${peer}`, `remove ${peer}`]);
    t.strictSame([...peers.established], []);
    other.end();
  },
);

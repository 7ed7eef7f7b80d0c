import t from 'tap';
import { chancesFor } from '../../../src/cluster/api/names.ts';
import { createApi } from '../../../src/cluster/api/server.ts';
import { Store } from '../../../src/cluster/store/store.ts';

t.test('the same for the same name, spread over all of the range for others', async (t) => {
  const drawn = (name: string, count: number) => {
    const next = chancesFor(name);
    return Array.from({ length: count }, next);
  };
  t.same(drawn('default/web', 5), drawn('default/web', 5));
  const tenths = new Set(drawn('default/web', 200).map((value) => Math.floor(value * 10)));
  t.equal(tenths.size, 10);
  const firsts = Array.from({ length: 200 }, (_, n) => drawn(`default/web${n}`, 1)[0] ?? 0);
  t.equal(new Set(firsts.map((value) => Math.floor(value * 10))).size, 10);
});

t.test('two machines give a service the same address and ports', async (t) => {
  const made = async () => {
    const store = new Store({ now: () => new Date(), newUid: () => crypto.randomUUID() });
    store.create('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
    const api = createApi({ store });
    const { port } = await api.listen('127.0.0.1', 0);
    const service = (name: string) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name },
      spec: { type: 'LoadBalancer', externalTrafficPolicy: 'Local', ports: [{ port: 80 }] },
    });
    const answers = [];
    for (const name of ['web', 'other']) {
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/namespaces/default/services`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(service(name)),
      });
      const { spec } = JSON.parse(await answer.text());
      answers.push([spec.clusterIP, spec.ports[0].nodePort, spec.healthCheckNodePort]);
    }
    await api.close();
    return answers;
  };
  const [one, other] = [await made(), await made()];
  t.same(one, other);
  t.equal(new Set(one.flat()).size, 6, 'nothing is given twice');
});

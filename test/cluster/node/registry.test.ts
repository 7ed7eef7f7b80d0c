import t from 'tap';
import { credentialsFor, placeOf } from '../../../src/cluster/node/registry.ts';

t.test('a name begins with a registry where its first part has a dot or a colon', async (t) => {
  t.strictSame(placeOf('myprivateregistry.com:5000/nginx:alpine'), {
    host: 'myprivateregistry.com:5000',
    name: 'nginx',
    tag: 'alpine',
  });
  t.strictSame(placeOf('registry.example/team/app'), {
    host: 'registry.example',
    name: 'team/app',
    tag: 'latest',
  });
  for (const name of ['nginx', 'nginx:alpine', 'team/app:1']) t.equal(placeOf(name), null, name);
});

t.test('credentials are for one registry', async (t) => {
  const host = 'myprivateregistry.com:5000';
  const wanted = { username: 'dock_user', password: 'a:b' };
  const auth = Buffer.from('dock_user:a:b').toString('base64');
  const secret = (url: string, entry: object) => JSON.stringify({ auths: { [url]: entry } });
  t.strictSame(credentialsFor(host, secret(host, wanted)), wanted);
  t.strictSame(credentialsFor(host, secret(`https://${host}/v2/`, { auth })), wanted);
  t.equal(credentialsFor(host, secret('https://index.docker.io/v1/', wanted)), null);
  t.equal(credentialsFor(host, secret('myprivateregistry.com', wanted)), null);
  t.equal(credentialsFor(host, '{}'), null);
});

import http from 'node:http';
import t from 'tap';
import { connect } from './client.ts';
import { assemble, networkDoor, onSocket, onTcp, token } from './listening.ts';

const bearer = { authorization: `Bearer ${token}` };
const upgrade = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** A request with headers of our own, `Host` among them; upgrades that succeed answer 101. */
function request(port: number, path: string, headers: http.OutgoingHttpHeaders) {
  return new Promise<{ status: number; headers: http.IncomingHttpHeaders; code?: string }>(
    (resolve, reject) => {
      const sent = http.get({ host: '127.0.0.1', port, path, headers }, async (response) => {
        const text = (await response.toArray()).join('');
        const code = text.startsWith('{') ? JSON.parse(text).error?.code : undefined;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, code });
      });
      sent.on('upgrade', ({ statusCode, headers }, socket) => {
        socket.destroy();
        resolve({ status: statusCode ?? 0, headers });
      });
      sent.on('error', reject);
    },
  );
}

t.test('which upgrades are accepted', async (t) => {
  const { port, logged } = await onTcp(t);
  const offer = (value: string) => ({ 'sec-websocket-protocol': value });
  const cases: [string, http.OutgoingHttpHeaders, number, string?][] = [
    ['the token as bearer', bearer, 101],
    ['the token as a browser offers it', offer(`hoplab, hoplab.token.${token}`), 101],
    ['no token', {}, 401, 'unauthorized'],
    ['a wrong token', { authorization: 'Bearer a-token-for-tests2' }, 401, 'unauthorized'],
    ['an empty token', { authorization: 'Bearer ' }, 401, 'unauthorized'],
    ['another scheme', { authorization: `Basic ${token}` }, 401, 'unauthorized'],
    ['a token without the subprotocol', offer(`hoplab.token.${token}`), 401, 'unauthorized'],
    ['a wrong token as a browser offers it', offer('hoplab, hoplab.token.x'), 401, 'unauthorized'],
    ['own origin by address', { ...bearer, origin: `http://127.0.0.1:${port}` }, 101],
    ['own origin by name', { ...bearer, host: `localhost:${port}`, origin: `http://localhost:${port}` }, 101],
    [
      'own origin through a forwarded port',
      { ...bearer, host: 'localhost:9', origin: 'http://localhost:9' },
      101,
    ],
    ['configured host', { ...bearer, host: 'lab.example' }, 101],
    ['configured origin', { ...bearer, host: 'lab.example', origin: 'https://lab.example' }, 101],
    ['foreign origin', { ...bearer, origin: 'http://evil.example' }, 403, 'origin-refused'],
    ['another port of this machine', { ...bearer, origin: 'http://127.0.0.1:1' }, 403, 'origin-refused'],
    ['a sandboxed page', { ...bearer, origin: 'null' }, 403, 'origin-refused'],
    ['own origin over https', { ...bearer, origin: `https://127.0.0.1:${port}` }, 403, 'origin-refused'],
    ['a rebound name', { ...bearer, host: `evil.example:${port}` }, 421, 'host-refused'],
    [
      'a rebound name as origin',
      { ...bearer, host: 'evil.example', origin: 'http://evil.example' },
      421,
      'host-refused',
    ],
    ['a name that only begins like ours', { ...bearer, host: '127.0.0.1.evil.example' }, 421, 'host-refused'],
  ];
  for (const [name, headers, status, code] of cases) {
    const answer = await request(port, '/ws', { ...upgrade, ...headers });
    t.match(answer, { status, ...(code ? { code } : {}) }, `${name}: ${status}`);
    t.equal(answer.headers['www-authenticate'], status === 401 ? 'Bearer' : undefined);
  }
  const elsewhere = await request(port, '/other', { ...upgrade, ...bearer });
  t.match(elsewhere, { status: 404, code: 'method-not-found' }, 'a WebSocket elsewhere');
  t.notOk(JSON.stringify(logged).includes(token), 'the token is not logged');
});

t.test('the offered token is not echoed', async (t) => {
  const { url } = await onTcp(t);
  const { socket } = await connect(t, url, {}, ['hoplab', `hoplab.token.${token}`]);
  t.equal(socket.protocol, 'hoplab');
});

t.test('a refused upgrade leaves the others alone', async (t) => {
  const { url, port } = await onTcp(t);
  const client = await connect(t, url, { headers: bearer });
  await request(port, '/ws', upgrade);
  t.match(await client.call('system.version', {}), { result: { protocol: 1 } });
});

t.test('the Unix socket asks for no token', async (t) => {
  const { url } = await onSocket(t);
  const client = await connect(t, url);
  t.match(await client.call('system.version', {}), { result: { protocol: 1 } });
});

t.test('pages: open to all is only health; the rest wants the token', async (t) => {
  const { app } = assemble({ door: networkDoor });
  t.teardown(() => app.close());
  const host = { host: 'localhost:1' };
  t.match(await app.inject({ url: '/healthz', headers: host }), { statusCode: 200 });
  for (const url of ['/metrics', '/openrpc.json', '/nothing']) {
    const refused = await app.inject({ url, headers: host });
    t.match(refused, { statusCode: 401, headers: { 'www-authenticate': 'Bearer' } }, url);
    t.match(refused.json(), { error: { code: 'unauthorized', message: String } });
  }
  const rebound = await app.inject({ url: '/healthz', headers: { host: 'evil.example' } });
  t.match([rebound.statusCode, rebound.json()], [421, { error: { code: 'host-refused' } }]);
  const missing = await app.inject({ url: '/nothing', headers: { ...host, ...bearer } });
  t.match([missing.statusCode, missing.json()], [404, { error: { code: 'method-not-found' } }]);
});

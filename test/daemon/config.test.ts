import t from 'tap';
import { readConfig } from '../../src/config.ts';

t.test('every setting has a default', (t) => {
  const config = readConfig({}, []);
  t.match(config, {
    run: '/run/hoplab',
    state: '/var/lib/hoplab',
    listen: { host: '127.0.0.1', port: 7777 },
    hosts: [],
    origins: [],
    sessionLimit: 32,
    logLevel: 'info',
  });
  t.equal(config.labs.length, 1);
  t.end();
});

t.test('settings are read', (t) => {
  t.match(
    readConfig({ HOPLAB_LISTEN: '[::1]:80', HOPLAB_LABS: '/a:/b', HOPLAB_HOSTS: 'lab.example,other' }, [
      '/c',
    ]),
    { listen: { host: '::1', port: 80 }, labs: [/labs$/, '/a', '/b', '/c'], hosts: ['lab.example', 'other'] },
  );
  t.end();
});

t.test('the error of a wrong value names the expected form', (t) => {
  for (const [name, value] of [
    ['HOPLAB_LISTEN', '7777'],
    ['HOPLAB_LISTEN', 'localhost:99999'],
    ['HOPLAB_RUN', 'run'],
    ['HOPLAB_STATE', ''],
    ['HOPLAB_SESSIONS', '0'],
    ['HOPLAB_LOG_LEVEL', 'loud'],
  ] as const) {
    t.throws(
      () => readConfig({ [name]: value }, []),
      { code: 'argument-invalid', data: { name, value } },
      `${name}=${value}`,
    );
  }
  t.end();
});

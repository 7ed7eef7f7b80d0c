import t from 'tap';
import { methods } from '../../src/protocol/methods.ts';
import { notifications } from '../../src/protocol/notifications.ts';
import { openRpcDocument } from '../../src/protocol/openrpc.ts';

interface Param {
  name: string;
  required: boolean;
  schema: object;
}
interface Described {
  name: string;
  summary: string;
  params: Param[];
  result: { schema: object };
  errors: { $ref: string }[];
}
interface Document {
  methods: Described[];
  'x-notifications': Described[];
  components: { errors: Record<string, { code: number; message: string }> };
}

const document = openRpcDocument('1.2.3') as unknown as Document;

t.test('it is OpenRPC 1.3', async (t) => {
  t.match(document, { openrpc: /^1\.3\.\d+$/, info: { title: 'hoplab', version: '1.2.3' } });
});

t.test('it describes every method and notification, each once', async (t) => {
  t.same(
    document.methods.map(({ name }) => name),
    methods.map(({ name }) => name),
  );
  t.equal(new Set(methods.map(({ name }) => name)).size, methods.length);
  t.same(
    document['x-notifications'].map(({ name }) => name),
    notifications.map(({ name }) => name),
  );
});

t.test('each has what a reader needs', async (t) => {
  for (const { name, summary, params, result, errors } of document.methods) {
    t.match(summary, /\.$/, `${name}: a sentence`);
    t.type(result.schema, 'object');
    for (const { $ref } of errors) {
      const code = $ref.replace('#/components/errors/', '');
      t.type(document.components.errors[code]?.code, 'number', `${name}: ${code} is described`);
    }
    const names = params.map((param) => param.name);
    t.equal(new Set(names).size, names.length);
  }
});

t.test('parameters that must be given come as required', async (t) => {
  const required = (method: string) =>
    document.methods
      .find(({ name }) => name === method)
      ?.params.filter((param) => param.required)
      .map(({ name }) => name);
  t.same(required('sessions.start'), ['lab']);
  t.same(required('terminal.open'), []);
  t.same(required('terminal.resize'), ['terminal', 'columns', 'rows']);
});

t.test('how to come in, and what `all` means, is in the document', async (t) => {
  const { servers, 'x-authentication': authentication } = document as unknown as Record<string, never>;
  t.match(servers, [{ url: /^ws\+unix:.*:\/ws$/ }, { url: 'ws://127.0.0.1:7777/ws' }]);
  t.match(authentication, {
    header: /^Authorization: Bearer/,
    browser: /hoplab\.token\.|token/,
    token: /hoplab url/,
  });
  for (const name of ['checks.run', 'steps.apply']) {
    const params = document.methods.find((method) => method.name === name)?.params ?? [];
    const step = params.find((param) => param.name === 'step');
    t.match(step, { schema: { anyOf: [{ const: 'all' }, { type: 'string' }] } }, name);
  }
});

t.test('`session` is optional wherever there is one, but to name the current one', async (t) => {
  for (const { name, params } of document.methods) {
    const session = params.find((param) => param.name === 'session');
    if (session) t.equal(session.required, name === 'sessions.use', name);
  }
});

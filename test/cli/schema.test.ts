import { globSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import t from 'tap';
import { parse } from 'yaml';
import { hoplab } from './hoplab.ts';

const filesOf = (name: string) => globSync(`labs/**/${name}.yaml`, { exclude: ['**/node_modules/**'] });
const read = (path: string): unknown => parse(readFileSync(path, 'utf8'));

for (const name of ['lab', 'track']) {
  t.test(`the schema of ${name}.yaml accepts every ${name} that is here`, async (t) => {
    const { code, json } = await hoplab(['schema', name]);
    t.equal(code, 0);
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(json());
    const files = filesOf(name);
    t.not(files.length, 0);
    for (const file of files) t.ok(validate(read(file)), file, { errors: validate.errors });
  });
}

t.test('an editor sees an unknown key, and the keys of every kind of check', async (t) => {
  const { stdout } = await hoplab(['schema']);
  const schema = JSON.parse(stdout);
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
  const [file = ''] = filesOf('lab');
  t.notOk(validate({ ...Object(read(file)), titel: 'x' }));
  t.match(validate.errors, [{ keyword: 'additionalProperties', params: { additionalProperty: 'titel' } }]);
  const keys = Object.keys(schema.properties.steps.items.properties.checks.items.properties);
  t.ok(
    ['ping', 'tls'].every((kind) => keys.includes(kind)),
    keys.join(' '),
  );
});

t.test('the header names the schema to yaml-language-server', async (t) => {
  const { code, stdout } = await hoplab(['schema', '--header', '../lab.schema.json']);
  t.match({ code, stdout }, { code: 0, stdout: '# yaml-language-server: $schema=../lab.schema.json\n' });
});

t.test('another file has no schema', async (t) => {
  const { code, stderr } = await hoplab(['schema', 'prose']);
  t.match({ code, stderr }, { code: 2, stderr: /expected one of lab, track \[argument-invalid\]/ });
});

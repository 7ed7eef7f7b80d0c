import { globSync, readFileSync } from 'node:fs';
import t from 'tap';
import { errorCodes } from '../../src/core/errors.ts';
import { closeCodes } from '../../src/protocol/connection.ts';
import { commonErrors, type ErrorCode, errorTable } from '../../src/protocol/errors.ts';
import type { Method } from '../../src/protocol/method.ts';
import { methods } from '../../src/protocol/methods.ts';
import { rpcErrorSchema } from '../../src/protocol/rpc-error.ts';

const codes = Object.keys(errorCodes) as ErrorCode[];
const met = (where: string) => codes.filter((code) => errorTable[code].met === where);

t.test('every code has a number of its own, outside what JSON-RPC keeps for itself', async (t) => {
  const numbers = codes.map((code) => errorTable[code].number);
  t.equal(new Set(numbers).size, codes.length);
  const standard = [-32700, -32600, -32601, -32602, -32603];
  t.same(numbers.filter((number) => number < 0).sort(), standard.sort());
});

t.test('a code that answers requests is listed by a method, and methods list no other', async (t) => {
  const listed = new Set<ErrorCode>(commonErrors);
  for (const { errors } of methods as readonly Method[]) for (const code of errors) listed.add(code);
  t.same([...listed].sort(), met('rpc').sort());
});

t.test('a code with which connections end has a close code', async (t) => {
  t.same(Object.keys(closeCodes).sort(), met('close').sort());
});

t.test('the schema of an error knows every code and no other', async (t) => {
  for (const code of codes) {
    t.ok(rpcErrorSchema.safeParse({ code: 1, message: '', data: { code, more: 1 } }).success, code);
  }
  t.notOk(rpcErrorSchema.safeParse({ code: 1, message: '', data: { code: 'other' } }).success);
});

t.test('a code in the table is used by the code that fails, and not only listed', async (t) => {
  const lists = /^src\/(core\/errors|protocol\/errors|protocol\/methods\/|words\/|web\/dist\/)/;
  const sources = globSync('src/**/*.{ts,tsx}').filter(
    (file) => !lists.test(file) && !file.includes('/test/'),
  );
  const text = sources.map((file) => readFileSync(file, 'utf8')).join('\n');
  for (const code of codes) t.ok(text.includes(`'${code}'`), code);
});

import { parseArgs } from 'node:util';
import { readConfig } from './config.ts';
import { HoplabError } from './core/errors.ts';
import { jsonSchema, type SchemaName, schemas, yamlHeader } from './core/lab/json-schema.ts';
import { runDaemon, shipReadings } from './daemon.ts';
import { findingsTable } from './doctor-table.ts';
import { doctor } from './kernel/doctor/doctor.ts';

/**
 * The commands that need no running daemon: `daemon`, `doctor` and `schema`. All others are in src/cli, a client
 * of the daemon. Resolves with the exit code.
 */
export async function main(argv: string[]): Promise<number> {
  const [command, ...rest] = argv;
  if (command === 'daemon') {
    if (process.getuid?.() !== 0)
      throw new HoplabError('not-root', 'hoplab daemon needs root: sudo hoplab daemon');
    const { values } = parseArgs({
      args: rest,
      options: {
        ...{ labs: { type: 'string', multiple: true }, 'read-labs': { type: 'boolean' } },
        ...{ json: { type: 'boolean' }, lang: { type: 'string' } },
      },
    });
    const config = readConfig(process.env, values.labs ?? []);
    return values['read-labs'] ? shipReadings(config) : runDaemon(config);
  }
  if (command === 'schema') return printSchema(rest);
  const { values } = parseArgs({
    args: rest,
    options: { json: { type: 'boolean' }, lang: { type: 'string' } },
  });
  const findings = await doctor();
  process.stdout.write(values.json ? `${JSON.stringify({ findings }, null, 2)}\n` : findingsTable(findings));
  const needed = findings.filter(({ required }) => required).map(({ status }) => status);
  return needed.includes('missing') ? 1 : needed.includes('unseen') ? 2 : 0;
}

function printSchema(args: string[]): number {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { header: { type: 'string' }, json: { type: 'boolean' }, lang: { type: 'string' } },
  });
  const [name = 'lab', surplus] = positionals;
  if (!isSchemaName(name) || surplus !== undefined) {
    const known = Object.keys(schemas);
    throw new HoplabError('argument-invalid', `hoplab schema: expected one of ${known.join(', ')}`, {
      ...{ known, given: surplus ?? name },
    });
  }
  const { header } = values;
  const text = header === undefined ? JSON.stringify(jsonSchema(name), null, 2) : yamlHeader(header);
  process.stdout.write(`${text}\n`);
  return 0;
}

const isSchemaName = (name: string): name is SchemaName => Object.hasOwn(schemas, name);

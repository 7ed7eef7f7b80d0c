import { plugin } from './plugin.ts';
import { weaver } from './weaver.ts';

/** Argument: `weaver`, the router of a node; else the plugin, by the name under which it was called. */
const [, , name] = process.argv;
try {
  await (name === 'weaver' ? weaver(process.env) : plugin(process.env));
} catch (error) {
  const msg = error instanceof Error ? error.message : String(error);
  if (name === 'weaver') console.error(msg);
  else process.stdout.write(JSON.stringify({ code: 100, msg }));
  process.exitCode = 1;
}

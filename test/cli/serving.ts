import { connect } from '../api/client.ts';
import { type Listening, onSocket } from '../api/listening.ts';
import { type Ended, hoplab } from './hoplab.ts';
import { openReal } from './real-stream.ts';

export interface Serving extends Listening {
  /** The environment that leads a command line here. */
  env: { HOPLAB_RUN: string };
  run(...args: string[]): Promise<Ended>;
  input(input: string | Uint8Array, ...args: string[]): Promise<Ended>;
}

interface Scope {
  teardown(work: () => Promise<void> | void): void;
}

/** An API with a session in it whose terminals are real processes, and the command line next to it. */
export async function serving(scope: Scope, { session = true } = {}): Promise<Serving> {
  const listening = await onSocket(scope);
  listening.double.open = async (_node, argv, options) => openReal(argv, options);
  if (session) {
    const client = await connect(scope, listening.url);
    await client.call('sessions.start', { lab: 'network-namespaces' });
  }
  const env = { HOPLAB_RUN: listening.run };
  return {
    ...listening,
    env,
    run: (...args) => hoplab(args, env),
    input: (input, ...args) => hoplab(args, env, input),
  };
}

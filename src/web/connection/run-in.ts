import type { Link } from './link.ts';

/** The standard output of a command in a node; '' if it could not be run. */
export async function runIn(link: Link, session: string, node: string, argv: string[]): Promise<string> {
  const decoder = new TextDecoder();
  let output = '';
  const { terminal } = await link.call('terminal.open', { session, node, argv });
  return new Promise((resolve) => {
    const hush = link.onFrame(terminal, ({ kind, payload }) => {
      if (kind === 'stdout') output += decoder.decode(payload, { stream: true });
    });
    const done = () => {
      hush();
      deafen();
      unfollow();
      resolve(output);
    };
    const deafen = link.on('terminal.exit', (exit) => {
      if (exit.terminal === terminal) done();
    });
    const unfollow = link.state.subscribe(() => {
      if (link.state.get() !== 'open') done();
    });
  });
}

import { WebSocket } from 'ws';
import { connect } from '../../src/client/client.ts';
import { HoplabError } from '../../src/protocol/errors.ts';

/**
 * Starts a lab, asks its checks, and prints each verdict as the daemon sends it, until the session is
 * stopped. A browser hands `connect` its own WebSocket instead.
 */
export async function followLab(url: string, lab: string, print: (line: string) => void): Promise<void> {
  const daemon = await connect(new WebSocket(url));
  try {
    const { id: session } = await daemon.call('sessions.start', { lab });
    print(`session ${session}`);

    const stopped = new Promise<void>((resolve) => {
      daemon.on('session.event', ({ session: its, event }) => {
        if (its !== session) return;
        if (event.type === 'verdict') print(`${event.verdict.status} ${event.verdict.check}`);
        if (event.type === 'stopped') resolve();
      });
    });
    await daemon.call('sessions.subscribe', { session });
    const { outcome } = await daemon.call('checks.run', { session });
    print(`outcome ${outcome}`);

    await daemon.call('sessions.stop', { session });
    await Promise.race([stopped, daemon.lost]);
  } catch (error) {
    // Programs go by the code; the message is for people.
    if (error instanceof HoplabError && error.code === 'lab-not-found') print(error.message);
    else throw error;
  } finally {
    daemon.close();
  }
}

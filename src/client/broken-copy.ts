import type { Result } from '../protocol/methods.ts';
import type { Client } from './client.ts';

/** The network of a session as a lab, in a session of its own with a fault in it: what is there stays as it is. */
export async function brokenCopy(
  call: Client['call'],
  { session, title, progress }: { session: string; title: string; progress: string },
): Promise<Result<'sessions.break'>> {
  const name = `broken-${session}`;
  const { files } = await call('topology.export', { session, as: 'lab', name, title });
  const { lab } = await call('labs.save', { files });
  const { id } = await call('sessions.start', { lab, use: true });
  try {
    return await call('sessions.break', { session: id, progress });
  } catch (error) {
    await call('sessions.stop', { session: id });
    throw error;
  }
}

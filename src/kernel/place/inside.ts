import { constants, type FileHandle, open } from 'node:fs/promises';

/**
 * Work with a directory of a machine from outside, without a process inside. It is walked to part by part, and no
 * link is followed on the way: an absolute one, made by the learner, would lead out of the machine, for it is the
 * daemon that walks. `at`: a path by which the directory can be used while the work lasts.
 */
export async function insideDirectory<T>(
  pid: number,
  directory: string,
  work: (at: string) => Promise<T>,
): Promise<T> {
  const opened: FileHandle[] = [];
  try {
    let at = `/proc/${pid}/root`;
    for (const part of directory.split('/').filter(Boolean)) {
      const handle = await open(`${at}/${part}`, constants.O_DIRECTORY | constants.O_NOFOLLOW);
      opened.push(handle);
      at = `/proc/self/fd/${handle.fd}`;
    }
    return await work(at);
  } finally {
    for (const handle of opened) await handle.close();
  }
}

import { AsyncLocalStorage } from 'node:async_hooks';
import { HoplabError } from '../../core/errors.ts';

/** hoplab's work in one machine, up to the next interruption. */
interface Work {
  over: boolean;
  readonly ends: Set<() => void>;
}

const current = new AsyncLocalStorage<Work>();
/** By the machine's pid 1; only where something is being done. */
const works = new Map<number, Work>();

const interrupted = () =>
  new HoplabError('interrupted', 'given up: the session leaves this machine', { retry: true });

/** Work in a machine. Rejects with `interrupted` as soon as the machine is interrupted. */
export function interruptible<T>(pid: number, work: () => Promise<T>): Promise<T> {
  const at = works.get(pid) ?? { over: false, ends: new Set() };
  works.set(pid, at);
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const forget = remember(pid, at, () => reject(interrupted()));
  void current.run(at, work).finally(forget).then(resolve, reject);
  return promise;
}

/** Gives up all work in a machine: its programs are ended and nothing waits for them any more. */
export function interrupt(pid: number): void {
  const at = works.get(pid);
  works.delete(pid);
  if (at === undefined) return;
  at.over = true;
  for (const end of at.ends) end();
}

/**
 * For a program that is part of such work: it is ended when the work is given up. Answers how to forget it.
 * @throws `interrupted` where the work has been given up already
 */
export function whenInterrupted(end: () => void): () => void {
  const at = current.getStore();
  if (at === undefined) return () => {};
  if (at.over) throw interrupted();
  at.ends.add(end);
  return () => at.ends.delete(end);
}

/**
 * For a program that serves all machines: the first caller may leave its machine, and others go on using it.
 */
export function ofNoMachine<T>(work: () => T): T {
  return current.exit(work);
}

function remember(pid: number, at: Work, end: () => void): () => void {
  at.ends.add(end);
  return () => {
    at.ends.delete(end);
    if (at.ends.size === 0 && works.get(pid) === at) works.delete(pid);
  };
}

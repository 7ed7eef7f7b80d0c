import { parentPort } from 'node:worker_threads';
import { labWithin } from './bounded-read.ts';
import type { LintRequest } from './lint-thread.ts';

/** The thread of lint-thread.ts: says that it is ready, then answers each request. */
parentPort?.on('message', ({ files, track, whole }: LintRequest) => {
  parentPort?.postMessage(labWithin(files, track, whole));
});
parentPort?.postMessage('ready');

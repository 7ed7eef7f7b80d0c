import { parentPort } from 'node:worker_threads';
import { labWithin, trackWithin } from './bounded-read.ts';
import type { ReadingRequest } from './reading-thread.ts';

/** The thread of reading-thread.ts: says that it is ready, then answers each request. */
parentPort?.on('message', (request: ReadingRequest) => {
  const { track, limits } = request;
  parentPort?.postMessage(
    'yaml' in request
      ? trackWithin(request.yaml, track, limits)
      : labWithin(request.files, track, request.whole, limits),
  );
});
parentPort?.postMessage('ready');

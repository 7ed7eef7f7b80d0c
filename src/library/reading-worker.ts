import { parentPort } from 'node:worker_threads';
import { labWithin, trackWithin } from './bounded-read.ts';
import type { ReadingRequest } from './reading-thread.ts';

/** The thread of reading-thread.ts: says that it is ready, then answers each request. */
parentPort?.on('message', (request: ReadingRequest) => {
  const { track } = request;
  parentPort?.postMessage(
    'yaml' in request ? trackWithin(request.yaml, track) : labWithin(request.files, track, request.whole),
  );
});
parentPort?.postMessage('ready');

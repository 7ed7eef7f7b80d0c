import { AsyncLocalStorage } from 'node:async_hooks';

/** Aborted when the client whose request this work is has gone. */
export const asker = new AsyncLocalStorage<AbortSignal>();

declare const BUILD: string | undefined;

/** Names this build of the daemon (vite.config.ts); null where its sources are run as they are. */
export const build: string | null = typeof BUILD === 'undefined' ? null : BUILD;

import type { Reason } from '../verdict/reasons.ts';
import type { Control } from './check.ts';
import type { Spread } from './kinds/distribution/shares.ts';

/** Checks of a service behind one address. */
export interface ServiceArguments {
  /**
   * Requests of one client, each on a connection of its own, and who answered them.
   * - `shares`: each backend its part, by weight.
   * - `every`: none of them goes without.
   * - `one`: all are answered by the same one.
   */
  distribution: Spread & {
    from: string;
    url: string;
    /** The header in which a backend says its name; otherwise the answer's line `host=NAME`, or its first line. */
    header?: string;
  };
  /** A TLS handshake, and the certificate the server shows. */
  tls: {
    from: string;
    to: string;
    port: number;
    /** The server name that is asked for, and that the certificate must be for. */
    name?: string;
    /** A file of the node with the certificates that are trusted; otherwise nobody's signature is asked for. */
    trust?: string;
    expect: 'accepted' | Reason;
    control?: Control;
  };
}

import type { Duplex, Readable, Writable } from 'node:stream';
import type { ApiObject } from '../store/objects.ts';

/**
 * The operations that the API requests of a node, as the real one does of the kubelet. Refusals are
 * ApiErrors.
 */
export interface PodAccess {
  /** The lines of a container's output; with `follow` until the container ends or `signal` is aborted. */
  logs(pod: ApiObject, options: LogOptions, signal: AbortSignal): Promise<Readable>;
  /** Runs a command in a container; resolves with its exit code. */
  exec(pod: ApiObject, options: ExecOptions, streams: ExecStreams, signal: AbortSignal): Promise<number>;
  /** Streams of a container's first program; resolves when it has ended. */
  attach(pod: ApiObject, container: string, streams: ExecStreams, signal: AbortSignal): Promise<void>;
  /** A connection to a port of the pod. */
  dial?(pod: ApiObject, port: number): Promise<Duplex>;
}

export interface LogOptions {
  container: string;
  follow: boolean;
  previous: boolean;
  timestamps: boolean;
  tailLines?: number;
  limitBytes?: number;
  sinceSeconds?: number;
  sinceTime?: string;
}

export interface ExecOptions {
  container: string;
  command: string[];
  tty: boolean;
}

export interface ExecStreams {
  stdin?: Readable;
  stdout: Writable;
  stderr: Writable;
  /** Sizes of the client's terminal, first and later ones. */
  onResize(listener: (size: { columns: number; rows: number }) => void): void;
}

import { isAbsolute, join, resolve } from 'node:path';
import { wrongArgument } from './core/explain/wrong-argument.ts';
import { type Said, said } from './core/text/said.ts';

/** The daemon's directories and addresses; every value has a default and one environment variable. */
export interface Config {
  /** HOPLAB_RUN: socket, token, machine records. Lost at a reboot. */
  run: string;
  /** HOPLAB_STATE: sessions, saved labs, the token as it is kept, and what was read of labs. Survives a reboot. */
  state: string;
  /** HOPLAB_LABS: lab directories besides the shipped one, separated by colons. */
  labs: string[];
  /** HOPLAB_LISTEN: host and port of the network door. */
  listen: { host: string; port: number };
  /** HOPLAB_HOSTS, HOPLAB_ORIGINS: names and origins allowed besides this machine's own, separated by commas. */
  hosts: string[];
  origins: string[];
  /** HOPLAB_SESSIONS: how many there may be. */
  sessionLimit: number;
  /** HOPLAB_LOG_LEVEL: pino's level. */
  logLevel: string;
}

/** @throws `argument-invalid`, naming the variable. */
export function readConfig(environment: NodeJS.ProcessEnv, labDirectories: readonly string[]): Config {
  const list = (text: string | undefined, separator: string) => (text ?? '').split(separator).filter(Boolean);
  const directory = (name: string, fallback: string) => {
    const value = environment[name] ?? fallback;
    if (!isAbsolute(value)) throw invalid(name, value, said('expected-absolute-path'));
    return value;
  };
  const shipped = join(import.meta.dirname, '..', 'labs');
  return {
    run: directory('HOPLAB_RUN', '/run/hoplab'),
    state: directory('HOPLAB_STATE', '/var/lib/hoplab'),
    labs: [
      shipped,
      ...[...list(environment.HOPLAB_LABS, ':'), ...labDirectories].map((path) => resolve(path)),
    ],
    listen: listenAddress(environment.HOPLAB_LISTEN ?? '127.0.0.1:7777'),
    hosts: list(environment.HOPLAB_HOSTS, ','),
    origins: list(environment.HOPLAB_ORIGINS, ','),
    sessionLimit: positive('HOPLAB_SESSIONS', environment.HOPLAB_SESSIONS ?? '32'),
    logLevel: level(environment.HOPLAB_LOG_LEVEL ?? 'info'),
  };
}

function listenAddress(text: string): Config['listen'] {
  const match = /^(?:\[(?<six>[0-9a-f:]+)\]|(?<host>[^:]+)):(?<port>\d{1,5})$/i.exec(text);
  const { six, host, port } = match?.groups ?? {};
  if (port === undefined || Number(port) > 65_535)
    throw invalid('HOPLAB_LISTEN', text, said('expected-listen'));
  return { host: six ?? host ?? '', port: Number(port) };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw invalid(name, text, said('expected-count', { least: '1' }));
  return value;
}

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

function level(text: string): string {
  if (!levels.includes(text))
    throw invalid('HOPLAB_LOG_LEVEL', text, said('none-of', { known: levels.join(', ') }));
  return text;
}

const invalid = (name: string, value: string, problem: Said) =>
  wrongArgument(problem, { name, value }, `${name}=${value}`);

import { type Client, connect } from '../client/client.ts';
import { HoplabError } from '../protocol/errors.ts';
import { protocolVersion } from '../protocol/version.ts';
import type { Words } from '../words/en/cli.ts';
import { addressOf } from './address.ts';
import { harmless } from './harmless.ts';
import { openSocket } from './open-socket.ts';
import { TranslatedError } from './translated-error.ts';

/** Connects to the daemon. Makes its texts harmless for a terminal, unless programs read them. */
export async function connectDaemon(
  words: Words,
  env: NodeJS.ProcessEnv,
  url: string | undefined,
  json: boolean,
): Promise<Client> {
  const socket = await openSocket(addressOf(env, url), env.HOPLAB_TOKEN, words);
  const client = await connect(socket, {
    parse: (text) => (json ? JSON.parse(text) : harmless(JSON.parse(text))),
    ending: (error) => inWords(error, words),
  });
  return {
    ...client,
    close() {
      client.close();
      // A daemon that does not answer the close must not hold the command.
      setTimeout(() => socket.terminate(), 1000).unref();
    },
  };
}

function inWords({ code, data }: HoplabError, words: Words): HoplabError {
  switch (code) {
    case 'protocol-mismatch':
      return new TranslatedError(code, words.mismatch(Number(data.daemon), protocolVersion), data);
    case 'daemon-unreachable':
      return new TranslatedError(code, words.lost, data);
    default:
      return new HoplabError(code, words.lost, data);
  }
}

import type { Client } from '../client/client.ts';
import { type Language, languages } from '../core/language.ts';
import type { Words } from '../words/en/cli.ts';
import type { Cli } from './cli.ts';
import { TranslatedError } from './translated-error.ts';

export interface GlobalOptions {
  json?: boolean;
  lang?: string;
  session?: string;
  url?: string;
}

/** Makes the shared parts of a command from the options that every command has. */
export function createCli(
  words: Words,
  language: Language,
  env: NodeJS.ProcessEnv,
  options: GlobalOptions,
): Cli & { hangUp(): Promise<void> } {
  const { json = false, lang, session, url } = options;
  if (lang !== undefined && !languages.includes(lang as Language)) {
    throw new TranslatedError('argument-invalid', words.usage.language(lang), { lang, known: languages });
  }
  let connecting: Promise<Client> | null = null;

  return {
    words,
    language,
    json,
    session: session === undefined ? {} : { session },
    daemon() {
      connecting ??= import('./daemon.ts').then(({ connectDaemon }) => connectDaemon(words, env, url, json));
      return connecting;
    },
    print(document, text) {
      process.stdout.write(
        json ? `${JSON.stringify(document, null, 2)}\n` : withNewline(words.finish(text())),
      );
    },
    async hangUp() {
      const daemon = await connecting?.catch(() => null);
      daemon?.close();
    },
  };
}

function withNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

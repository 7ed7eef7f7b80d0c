import { useWords } from '../words/use-words.ts';
import type { StartLists } from './listed.ts';

/** Labs that cannot be started, and why: for their authors. */
export function Broken({ broken }: Pick<StartLists, 'broken'>) {
  const { words, language } = useWords();
  if (broken.length === 0) return null;
  return (
    <section className="broken">
      <h2>{words.start.broken}</h2>
      <ul>
        {broken.map(({ id, directory, problems }) => (
          <li key={directory}>
            <strong>{id ?? directory}</strong> <code>hoplab lint {directory}</code>
            <ul>
              {problems
                .filter(({ severity }) => severity === 'error')
                .slice(0, 3)
                .map(({ file, line, column, field, words: said }) => (
                  <li key={`${file} ${line} ${field} ${said.en}`}>
                    <code>{[file, line, column].filter((part) => part !== null).join(':')}</code>{' '}
                    {field && `${field}: `}
                    {said[language]}
                  </li>
                ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}

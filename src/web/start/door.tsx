import { type FormEvent, useState } from 'react';
import { parseInline } from '../../core/text/markdown.ts';
import { tokenIn } from '../connection/token.ts';
import { Header } from '../lab/header.tsx';
import { Inline } from '../prose/inline.tsx';
import { useWords } from '../words/use-words.ts';
import './door.css';

/** The page without a token, or with one that is no longer valid. */
export function Door({ wrong, enter }: { wrong: boolean; enter(token: string): void }) {
  const { words } = useWords();
  const { door } = words;
  const [text, setText] = useState('');
  const [refused, setRefused] = useState(false);

  function submit(event: FormEvent): void {
    event.preventDefault();
    const token = tokenIn(text);
    if (token) enter(token);
    else setRefused(true);
  }

  return (
    <>
      <Header />
      <main className="door">
        <h1>{door.title}</h1>
        {wrong && <p className="notice notice-bad">{door.wrong}</p>}
        <p>{door.text}</p>
        <pre>
          <code>hoplab url</code>
        </pre>
        <form onSubmit={submit}>
          <label htmlFor="token">{door.paste}</label>
          <input
            id="token"
            type="password"
            autoComplete="off"
            spellCheck={false}
            value={text}
            aria-invalid={refused || undefined}
            onChange={({ target }) => setText(target.value)}
          />
          <button type="submit" className="primary">
            {door.open}
          </button>
        </form>
        <p role="status">{refused && <Inline parts={parseInline(door.notOne)} />}</p>
      </main>
    </>
  );
}

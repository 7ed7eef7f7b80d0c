import { useEffect, useRef } from 'react';
import type { Question } from '../view/actions.ts';
import { useWords } from '../words/use-words.ts';

/** Lists the changes of an action before it runs. */
export function Confirm({ question, close }: { question: Question; close(): void }) {
  const { words } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="confirm" aria-labelledby="question" onClose={close}>
      <h2 id="question">{question.title}</h2>
      <p>{question.text}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          dialog.current?.close();
          question.act();
        }}
      >
        {question.changes}
        <div className="buttons">
          <button type="button" onClick={() => dialog.current?.close()}>
            {words.lab.cancel}
          </button>
          <button type="submit" className="primary">
            {question.yes}
          </button>
        </div>
      </form>
    </dialog>
  );
}

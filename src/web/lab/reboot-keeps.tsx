import { useWords } from '../words/use-words.ts';

/** What a restart takes and what it leaves, whatever is in this machine. */
export function RebootKeeps() {
  const { words } = useWords();
  const { lost, stays } = words.lab.rebootKeeps;
  return (
    <dl className="keeps">
      {[lost, stays].map(([name, what]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}

import { useWords } from '../words/use-words.ts';

/** The list of state that a restart loses or keeps, in any machine. */
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

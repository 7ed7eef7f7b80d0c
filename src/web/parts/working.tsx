import { useWords } from '../words/use-words.ts';

/** At the top of the window while something takes its time; its share of it, where that is known. */
export function Working({ share }: { share?: number | null | undefined }) {
  const { words } = useWords();
  return (
    <div role="status">
      <progress className="working" aria-label={words.lab.working} value={share ?? undefined} />
    </div>
  );
}

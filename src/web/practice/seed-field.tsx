import { useWords } from '../words/use-words.ts';

/** The number of a mistake: for who wants the same one again, or the same as somebody else. */
export function SeedField({ choose }: { choose(seed: string): void }) {
  const { words } = useWords();
  return (
    <label className="seed">
      {words.practice.seed}
      <input
        type="number"
        inputMode="numeric"
        min={0}
        max={0xffffffff}
        step={1}
        placeholder={words.practice.anySeed}
        onChange={({ target }) => choose(target.value)}
      />
    </label>
  );
}

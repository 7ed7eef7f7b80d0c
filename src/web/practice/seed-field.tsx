import { useWords } from '../words/use-words.ts';

/** The number of a fault: the same number gives the same fault again. */
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

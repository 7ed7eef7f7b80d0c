import './whole-words.css';

/** A browser would break a line behind any hyphen: `--network` would lose its first one to the line before. */
export function WholeWords({ of: line }: { of: string }) {
  return line.split(/(\s+)/).map((word, index) =>
    /\S/.test(word) ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a line does not reorder.
      <span key={index} className="whole-word">
        {word}
      </span>
    ) : (
      word
    ),
  );
}

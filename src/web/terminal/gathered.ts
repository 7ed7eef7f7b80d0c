import { atBeat } from '../store/beat.ts';

type Show = (text: string, written: () => void) => void;

/** As `show`, but text that can wait is shown at the next beat, in one piece. */
export function gathered(show: Show, canWait: () => boolean): { show: Show; flush(): void; drop(): void } {
  let texts: string[] = [];
  let waiting: (() => void)[] = [];
  let cancel: (() => void) | null = null;

  function flush(): void {
    cancel?.();
    cancel = null;
    const [text, all] = [texts.join(''), waiting];
    texts = [];
    waiting = [];
    if (all.length > 0)
      show(text, () => {
        for (const written of all) written();
      });
  }

  return {
    show(text, written) {
      texts.push(text);
      waiting.push(written);
      if (!canWait()) flush();
      else cancel ??= atBeat(flush);
    },
    flush,
    drop() {
      cancel?.();
      for (const written of waiting) written();
    },
  };
}

/** The keyboard is in another terminal than this one. */
export function othersHaveKeyboard(screen: Element): boolean {
  const focused = document.activeElement?.closest('.screen') ?? null;
  return focused !== null && focused !== screen;
}

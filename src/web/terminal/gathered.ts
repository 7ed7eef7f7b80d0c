import { atBeat } from '../store/beat.ts';

type Show = (text: string, written: () => void) => void;

/**
 * - `now`: whoever types sees it.
 * - `soon`: it is seen, at the next beat.
 * - `unseen`: it is kept until it is seen, because to write it costs as much as if it were drawn.
 */
type Look = 'now' | 'soon' | 'unseen';

/** Characters of a terminal that nobody sees that are kept before they are written all the same. */
const mostKept = 64_000;

/** As `show`, but text that can wait is shown in one piece. `show` is told whether it is older than a beat. */
export function gathered(
  show: (text: string, written: () => void, old: boolean) => void,
  lookAt: () => Look,
): { show: Show; flush(): void; drop(): void } {
  let kept = '';
  let texts: string[] = [];
  let waiting: (() => void)[] = [];
  let cancel: (() => void) | null = null;

  function flush(): void {
    cancel?.();
    cancel = null;
    const [old, text, all] = [kept, texts.join(''), waiting];
    kept = '';
    texts = [];
    waiting = [];
    if (old !== '' || all.length > 0) show(old + text, () => tell(all), old !== '');
  }

  function atTheBeat(): void {
    if (lookAt() !== 'unseen' || kept.length > mostKept) flush();
    else keep();
  }

  function keep(): void {
    cancel = null;
    kept += texts.join('');
    texts = [];
    // The sender goes on: what is kept is bounded.
    tell(waiting.splice(0));
  }

  return {
    show(text, written) {
      texts.push(text);
      waiting.push(written);
      if (lookAt() === 'now') flush();
      else cancel ??= atBeat(atTheBeat);
    },
    flush,
    drop() {
      cancel?.();
      tell(waiting);
    },
  };
}

function tell(all: readonly (() => void)[]): void {
  for (const written of all) written();
}

/** The keyboard is in another terminal than this one. */
export function othersHaveKeyboard(screen: Element): boolean {
  const focused = document.activeElement?.closest('.screen') ?? null;
  return focused !== null && focused !== screen;
}

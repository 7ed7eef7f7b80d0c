import { nextOf, standingOf } from '../state/standing.ts';
import { useWords } from '../words/use-words.ts';
import type { Hands, StartLists } from './listed.ts';

/** For who has begun nothing: the first step of the first lab takes no longer. */
export function FirstLab({ listed: { labs, sessions }, hands }: { listed: StartLists; hands: Hands }) {
  const { words, language } = useWords();
  const first = nextOf(labs);
  if (first === undefined || sessions.length > 0 || labs.some((lab) => standingOf(lab, []) !== 'new'))
    return null;
  return (
    <button
      type="button"
      className="primary first-lab"
      disabled={hands.busy}
      onClick={() => hands.begin(first.id)}
    >
      {words.start.fiveMinutes(first.title[language])}
    </button>
  );
}

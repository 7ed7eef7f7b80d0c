import { styleText } from 'node:util';
import type { Result } from '../../protocol/methods.ts';
import type { NotificationParams } from '../../protocol/notifications.ts';
import type { Cli } from '../cli.ts';
import { verdictLine } from '../print/verdict.ts';

type Snapshot = Result<'sessions.subscribe'>['snapshot'];
type Happened = NotificationParams<'session.event'>;

/** Follows the checks while the learner works: a line for each change, until it is interrupted. */
export async function watch(cli: Cli): Promise<number> {
  const daemon = await cli.daemon();
  const say = (text: string) => void process.stdout.write(`${text}\n`);
  // Events may be here before the answer they come behind has been read.
  let begun = () => {};
  const beginning = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const over = new Promise<void>((resolve) => {
    daemon.on('session.event', (happened) => {
      void beginning.then(() => {
        const text = cli.json ? JSON.stringify(happened) : isNews(happened) ? lineOf(happened, cli) : null;
        if (text !== null) say(text);
      });
      if (happened.event.type === 'stopped') void beginning.then(resolve);
    });
  });
  // The printed verdicts, by check: a check by another client makes the same verdict again.
  const printed = new Map<string, string>();
  const isNews = ({ event }: Happened) => event.type !== 'verdict' || isNew(event.verdict);
  const isNew = (verdict: Snapshot['steps'][number]['verdicts'][number]) => {
    const key = `${verdict.step}/${verdict.check}`;
    const line = verdictLine(verdict, cli.words, cli.language);
    const before = printed.get(key);
    printed.set(key, line);
    return before !== line;
  };
  const { snapshot, from } = await daemon.call('sessions.subscribe', cli.session);
  say(cli.json ? JSON.stringify({ snapshot, from }) : whereNow(snapshot, cli));
  for (const verdict of snapshot.steps.flatMap(({ verdicts }) => verdicts)) isNew(verdict);
  begun();
  await Promise.race([over, daemon.lost]);
  return 0;
}

function whereNow({ id, step, steps }: Snapshot, { words, language }: Cli): string {
  const here = steps.find((each) => each.id === step);
  return [
    words.watch.following(id, here?.title[language] ?? step),
    ...(here?.verdicts ?? []).map((verdict) => verdictLine(verdict, words, language)),
  ].join('\n');
}

/** Null for an event that does not concern the checks. */
function lineOf({ at, event }: Happened, { words, language }: Cli): string | null {
  const text = () => {
    switch (event.type) {
      case 'verdict':
        return verdictLine(event.verdict, words, language);
      case 'step-done':
        return event.by === undefined
          ? styleText('green', words.watch.done(event.step))
          : styleText('yellow', words.watch.shown(event.step));
      case 'step-broken':
        return styleText('red', words.watch.broken(event.step, event.check));
      case 'step-mended':
        return styleText('green', words.watch.mended(event.step));
      case 'step-entered':
        return styleText('bold', words.watch.entered(event.step));
      case 'machine':
        return event.machine.state === 'gone' ? styleText('red', words.sessions.gone) : null;
      case 'stopped':
        return words.watch.stopped;
      default:
        return null;
    }
  };
  const eventText = text();
  return eventText === null ? null : `${styleText('dim', clock(at))}  ${eventText}`;
}

const clock = (at: number) => new Date(at).toTimeString().slice(0, 8);

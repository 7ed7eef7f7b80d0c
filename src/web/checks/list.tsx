import type { Snapshot, Step, StepState } from '../state/protocol-types.ts';
import { useStore } from '../store/store.ts';
import type { Actions } from '../view/actions.ts';
import type { Bench } from '../view/bench.ts';
import { useWords } from '../words/use-words.ts';
import './checks.css';
import { parseInline } from '../../core/text/markdown.ts';
import { Inline } from '../prose/inline.tsx';
import type { Status } from '../words/status.ts';
import { HintCard } from './hint-card.tsx';
import { Mark } from './mark.tsx';
import { sayCheck } from './say.ts';
import { Solution } from './solution.tsx';
import { statusOf } from './status-of.ts';
import { VerdictDetails } from './verdict-details.tsx';

interface Props {
  bench: Bench;
  snapshot: Snapshot;
  step: Step;
  state: StepState;
  actions: Actions;
  type(node: string, run: string): void;
  /** The check whose details are open. */
  opened: string | null;
  open(check: string | null): void;
}

/** The statuses whose verdict says more than the check's own words. */
const telling: ReadonlySet<Status> = new Set<Status>(['fail', 'could-not-check']);

/** The checks of a step, the actions on them, and the help there is. */
export function CheckList({ bench, snapshot, step, state, actions, type, opened, open }: Props) {
  const { words, language } = useWords();
  const busy = useStore(bench.busy) !== undefined;
  const here = step.id === snapshot.step;
  const passing = state.verdicts.filter(({ status }) => status === 'pass').length;
  // A check that is no longer asked has no verdict once the others have one.
  const known = new Set(state.verdicts.map(({ check }) => check));
  const listed = step.checks.filter(({ id }) => known.size === 0 || known.has(id) || state.doneAt === null);
  const failing = new Set(state.verdicts.flatMap(({ check, status }) => (status === 'fail' ? [check] : [])));
  const isBroken = state.broken || state.held.some((check) => failing.has(check));
  return (
    <section className="checks" aria-labelledby="checks-title">
      <div className="checks-head">
        <h4 id="checks-title">{words.checks.title}</h4>
        <span className="quiet" role="status">
          {state.verdicts.length > 0 && words.checks.sum(passing, listed.length)}
        </span>
      </div>
      {isBroken && <p className="checks-broke">{words.checks.broke}</p>}
      <ul>
        {listed.map((check) => {
          const status = statusOf(check, state, actions.isAsked(step.id));
          const isOpen = opened === check.id;
          const details = `details-${check.id}`;
          return (
            <li key={check.id}>
              <button
                type="button"
                id={`check-${check.id}`}
                className={`check check-${status}`}
                aria-expanded={isOpen}
                aria-controls={isOpen ? details : undefined}
                onClick={() => open(isOpen ? null : check.id)}
              >
                <Mark status={status} />
                <span>
                  {check.question[language]}
                  {telling.has(status) && (
                    <span className="check-why">
                      <Inline parts={parseInline(sayCheck(check, state, language))} />
                    </span>
                  )}
                </span>
              </button>
              {isOpen && (
                <VerdictDetails
                  id={details}
                  verdict={state.verdicts.find((each) => each.check === check.id)}
                  type={type}
                />
              )}
            </li>
          );
        })}
      </ul>
      <div className="buttons">
        <button type="button" className="primary" disabled={busy} onClick={actions.check}>
          {words.checks.run}
        </button>
        {here && (
          <button type="button" disabled={busy} onClick={actions.askHint}>
            {actions.hint && actions.hint !== 'none' && actions.hint.rung < 4
              ? words.checks.more
              : words.checks.hint}
          </button>
        )}
      </div>
      {here && actions.hint && <HintCard hint={actions.hint} type={type} />}
      <Solution key={step.id} step={step} here={here} busy={busy} actions={actions} type={type} />
    </section>
  );
}

import { useMemo } from 'react';
import { markTerms } from '../../core/text/glossary.ts';
import { parseMarkdown } from '../../core/text/markdown.ts';
import { Mark } from '../checks/mark.tsx';
import { sayCheck } from '../checks/say.ts';
import { statusOf } from '../checks/status-of.ts';
import { Block } from '../prose/block.tsx';
import { CommandBlock } from '../prose/command-block.tsx';
import { commandsOf } from '../prose/commands.ts';
import { GlossaryContext } from '../prose/term.tsx';
import { settings } from '../settings/settings.ts';
import type { Check, Lab, Step, StepState } from '../state/protocol-types.ts';
import { useStore } from '../store/store.ts';
import type { Actions } from '../view/actions.ts';
import type { Bench } from '../view/bench.ts';
import { useGlossary } from '../words/use-glossary.ts';
import { useWords } from '../words/use-words.ts';
import { placeChecks } from './beside.ts';
import { PredictionCard } from './prediction.tsx';

interface Props {
  bench: Bench;
  lab: Lab;
  step: Step;
  state: StepState;
  actions: Actions;
  type(node: string, run: string): void;
  open(node: string): void;
  /** Null where how the checks stand is not to be seen. */
  showCheck: ((check: string) => void) | null;
}

/** A step's text; in the head of each block of commands, how the checks stand that belong to it. */
export function StepBody({ bench, lab, step, state, actions, type, open, showCheck }: Props) {
  const { words, language } = useWords();
  const body = lab.prose[language].steps[step.id]?.body ?? '';
  const glossary = useGlossary();
  const { hideCommands } = useStore(settings);
  const { blocks, commands, places } = useMemo(() => {
    const parsed = parseMarkdown(body);
    const blocks = glossary ? markTerms(parsed, glossary) : parsed;
    const commands = commandsOf(blocks);
    return { blocks, commands, places: placeChecks(step.checks, commands) };
  }, [body, step, glossary]);
  const one = (check: Check) => {
    const label = sayCheck(check, state, language);
    return (
      <button
        key={check.id}
        type="button"
        className="beside-check"
        title={label}
        aria-label={label}
        onClick={() => showCheck?.(check.id)}
      >
        <Mark status={statusOf(check, state, actions.isAsked(step.id))} />
      </button>
    );
  };
  const text = blocks.map((block, index) => {
    const typed = commands[index];
    // biome-ignore-start lint/suspicious/noArrayIndexKey: a parsed text does not reorder.
    const asked = block.kind === 'paragraph' ? block.question : undefined;
    const prediction = step.predict.find(({ id }) => id === asked);
    if (prediction && block.kind === 'paragraph') {
      return (
        <PredictionCard
          key={prediction.id}
          bench={bench}
          step={step}
          prediction={prediction}
          before={state.predictions.find((each) => each.prediction === prediction.id)}
          question={block.text}
        />
      );
    }
    if (!typed) return <Block key={index} block={block} open={open} />;
    const marks = showCheck && places.has(index) && (
      <span className="beside-checks">{places.get(index)?.map(one)}</span>
    );
    return (
      <div key={index} className="beside">
        {hideCommands ? (
          <div className="hidden-commands">
            <details>
              <summary>{words.prose.showCommands(typed[0]?.node ?? '')}</summary>
              <CommandBlock commands={typed} type={type} />
            </details>
            {marks}
          </div>
        ) : (
          <CommandBlock commands={typed} marks={marks} type={type} />
        )}
      </div>
    );
    // biome-ignore-end lint/suspicious/noArrayIndexKey: as above.
  });
  return <GlossaryContext.Provider value={glossary}>{text}</GlossaryContext.Provider>;
}

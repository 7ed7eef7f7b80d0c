import { styleText } from 'node:util';
import { type Block, parseMarkdown } from '../../core/text/markdown.ts';
import { suggestion } from '../../core/text/nearest.ts';
import { HoplabError } from '../../protocol/errors.ts';
import type { Result } from '../../protocol/methods.ts';
import type { Cli } from '../cli.ts';
import { blocksText } from '../print/markdown.ts';
import { pad, proseWidth, width } from '../print/width.ts';

type Lab = Result<'labs.get'>;
type Session = Result<'sessions.get'>;

interface Options {
  solution: boolean;
  commands: boolean;
  whole?: boolean;
}

/**
 * Text behind a question that is not answered yet contains the answer: printed only afterwards, or with
 * `--whole`.
 */
export async function show(
  cli: Cli,
  named: string | undefined,
  { commands, whole = false, ...options }: Options,
): Promise<undefined> {
  const solution = options.solution && commands;
  const daemon = await cli.daemon();
  const session = await daemon.call('sessions.get', cli.session);
  const lab = await daemon.call('labs.get', { lab: session.lab });
  const id = named ?? session.step;
  const step = lab.steps.find((each) => each.id === id);
  if (!step) {
    const known = lab.steps.map((each) => each.id);
    throw new HoplabError('step-not-found', `no step ${id}${suggestion(id, known)}`, {
      ...{ step: id, known },
    });
  }
  const prose = lab.prose[cli.language].steps[id] ?? { title: id, body: '' };
  const place = lab.steps.indexOf(step) + 1;
  const document = { lab: lab.id, step: id, ...prose, ...(solution ? { solution: step.solution } : {}) };
  cli.print(document, () => {
    const blocks = parseMarkdown(prose.body);
    const text = (read: readonly Block[]) =>
      blocksText(commands ? read : read.map((block) => hidden(block, cli)), proseWidth());
    const open = whole ? blocks.length : untilQuestion(blocks, id, session);
    return [
      `${styleText('bold', prose.title)}  ${styleText('dim', `${lab.id}, ${place}/${lab.steps.length}`)}`,
      ...(id === lab.steps[0]?.id ? [text(parseMarkdown(lab.prose[cli.language].intro))] : []),
      text(blocks.slice(0, open)),
      ...(open < blocks.length ? [styleText('dim', cli.words.steps.held)] : []),
      ...(open === blocks.length && solution ? [solutionText(step, cli)] : []),
    ]
      .filter((part) => part !== '')
      .join('\n\n');
  });
}

/** A block of commands, as a sentence that says on which node they are typed. */
function hidden(block: Block, { words }: Cli): Block {
  if (block.kind !== 'code' || block.node === null) return block;
  const text = words.steps.hidden(block.node);
  return { kind: 'paragraph', line: block.line, text: [{ kind: 'emphasis', text }] };
}

/** How many blocks stand up to the first question that waits for an answer, the question among them. */
function untilQuestion(blocks: readonly Block[], id: string, { steps, step: here }: Session): number {
  const step = steps.find((each) => each.id === id);
  const waits = ({ kind, ...block }: Block) =>
    kind === 'paragraph' &&
    'question' in block &&
    block.question !== undefined &&
    !step?.predictions.some(({ prediction }) => prediction === block.question);
  const place = id === here && step?.doneAt === null ? blocks.findIndex(waits) : -1;
  return place < 0 ? blocks.length : place + 1;
}

function solutionText({ solution }: Lab['steps'][number], { words }: Cli): string {
  const longest = Math.max(...solution.map(({ on }) => width(on)));
  const lines = solution.map(
    ({ on, run }) => `  ${styleText('dim', `${pad(on, longest)} #`)} ${styleText('cyan', run)}`,
  );
  return [styleText('bold', words.steps.solution), ...lines].join('\n');
}

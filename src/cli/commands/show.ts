import { styleText } from 'node:util';
import { suggestion } from '../../core/text/nearest.ts';
import { HoplabError } from '../../protocol/errors.ts';
import type { Result } from '../../protocol/methods.ts';
import type { Cli } from '../cli.ts';
import { markdown } from '../print/markdown.ts';
import { pad, proseWidth, width } from '../print/width.ts';

type Lab = Result<'labs.get'>;

export async function show(
  cli: Cli,
  named: string | undefined,
  { solution }: { solution: boolean },
): Promise<undefined> {
  const daemon = await cli.daemon();
  const session = await daemon.call('sessions.get', cli.session);
  const lab = await daemon.call('labs.get', { lab: session.lab });
  const id = named ?? session.step;
  const step = lab.steps.find((each) => each.id === id);
  if (!step) {
    const known = lab.steps.map((each) => each.id);
    throw new HoplabError('step-not-found', `no step ${id}${suggestion(id, known)}`, { step: id, known });
  }
  const prose = lab.prose[cli.language].steps[id] ?? { title: id, body: '' };
  const place = lab.steps.indexOf(step) + 1;
  const document = { lab: lab.id, step: id, ...prose, ...(solution ? { solution: step.solution } : {}) };
  cli.print(document, () =>
    [
      `${styleText('bold', prose.title)}  ${styleText('dim', `${lab.id}, ${place}/${lab.steps.length}`)}`,
      ...(id === lab.steps[0]?.id ? [markdown(lab.prose[cli.language].intro, proseWidth())] : []),
      markdown(prose.body, proseWidth()),
      ...(solution ? [solutionText(step, cli)] : []),
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
  );
}

function solutionText({ solution }: Lab['steps'][number], { words }: Cli): string {
  const longest = Math.max(...solution.map(({ on }) => width(on)));
  const lines = solution.map(
    ({ on, run }) => `  ${styleText('dim', `${pad(on, longest)} #`)} ${styleText('cyan', run)}`,
  );
  return [styleText('bold', words.steps.solution), ...lines].join('\n');
}

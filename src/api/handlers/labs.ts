import { HoplabError } from '../../core/errors.ts';
import { question } from '../../core/explain/explain.ts';
import type { Lab } from '../../core/lab/lab.ts';
import { outlineOf } from '../../core/lab/outline.ts';
import { searchLabs } from '../../core/lab/search.ts';
import { stepTitle } from '../../core/lab/step-title.ts';
import type { TestPart } from '../../core/session/control.ts';
import { type LabEntry, type LabWithQuestions, mostPlaces } from '../../protocol/values/lab.ts';
import type { Handlers, Services } from '../handler.ts';

type Names =
  | 'labs.list'
  | 'labs.get'
  | 'labs.search'
  | 'labs.lint'
  | 'labs.save'
  | 'labs.delete'
  | 'labs.test';

export function labsHandlers({ labs, sessions, system }: Services): Handlers<Names> {
  return {
    async 'labs.list'() {
      await labs.refresh();
      const features = await system.features();
      const all = labs.list();
      const tracks = labs.tracks().map(({ id, title, after = null }) => ({
        ...{ id, title, after },
        labs: all.filter(({ track }) => track === id).map((lab) => lab.id),
      }));
      return {
        tracks,
        broken: [...labs.broken()],
        labs: all.map((lab) => entry(lab, features, sessions.learned(lab.id))),
      };
    },
    async 'labs.get'({ lab }) {
      await labs.refresh();
      return asked(labs.get(lab));
    },
    async 'labs.search'({ query, language }) {
      await labs.refresh();
      const known = labs.list();
      const found = searchLabs(known, query, language);
      const places = found.slice(0, mostPlaces);
      const within = known.filter(({ id }) => places.some(({ lab }) => lab === id));
      return {
        places,
        all: found.length,
        labs: within.map(({ id, title }) => ({ id, title: title[language] })),
      };
    },
    async 'labs.lint'({ files, whole = false }) {
      await labs.refresh();
      const problems = await labs.lint(files, whole);
      return { ok: !problems.some(({ severity }) => severity === 'error'), problems };
    },
    async 'labs.save'({ files }) {
      await labs.refresh();
      return { lab: await labs.save(files) };
    },
    async 'labs.delete'({ lab }) {
      const running = sessions.list().filter((session) => session.lab === lab);
      const ids = running.map(({ id }) => id);
      if (ids.length > 0)
        throw new HoplabError('lab-in-use', `${lab} has sessions: ${ids.join(', ')}; end them first`, {
          lab,
          sessions: ids,
        });
      await labs.refresh();
      await labs.delete(lab);
      return { lab };
    },
    async 'labs.test'({ lab, engine, progress }, call) {
      await labs.refresh();
      const tell = call.progress(progress);
      const report = (done: number, total: number, { part, step, fault, ok }: TestPart) =>
        tell(
          done,
          total,
          [part, step, fault, ok ? null : '(FAIL)'].filter((word) => word !== null).join(' '),
        );
      return labs.test(lab, report, call.gone, engine);
    },
  };
}

function asked(lab: Lab): LabWithQuestions {
  const steps = lab.steps.map((step) => ({
    ...step,
    checks: step.checks.map((check) => ({ ...check, question: question(check) })),
  }));
  return { ...lab, steps };
}

function entry(lab: Lab, features: string[], learned: string[]): LabEntry {
  const { id, track, title, summary, documents, minutes, prerequisites, requires } = lab;
  const missing = requires.filter((feature) => !features.includes(feature));
  const steps = lab.steps.map((step) => ({
    id: step.id,
    title: stepTitle(lab, step.id),
  }));
  const done = lab.steps.map(({ id }) => id).filter((step) => learned.includes(step));
  return {
    id,
    track,
    title,
    summary,
    documents,
    minutes,
    prerequisites,
    requires,
    missing,
    done,
    steps,
    outline: outlineOf(lab),
  };
}

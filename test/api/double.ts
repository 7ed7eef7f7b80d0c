import type { ChangeKind } from '../../src/core/check/changes.ts';
import { HoplabError } from '../../src/core/errors.ts';
import type { Lab } from '../../src/core/lab/lab.ts';
import type { Finding, OpenOptions, Stream } from '../../src/core/ports.ts';
import { readAnswer } from '../../src/core/predict/compare.ts';
import { predictionResult } from '../../src/core/predict/result.ts';
import type { LabControl, OneSession, SessionControl } from '../../src/core/session/control.ts';
import type { NumberedEvent, SessionEvent, SessionSnapshot } from '../../src/core/session/event.ts';
import { leavingIn } from '../../src/core/session/leaving.ts';
import type { Flow, TrafficNews } from '../../src/core/traffic/flow.ts';
import type { Verdict } from '../../src/core/verdict/verdict.ts';
import { noAnswer } from '../../src/session/predictor.ts';
import { lab } from './lab.ts';
import { observation } from './observation.ts';
import { pingedDouble } from './pinged.ts';
import { tracedDouble } from './traced.ts';

/** Sessions and labs in memory, for tests of what is above them. The kernel is tested end to end elsewhere. */
export interface Double {
  sessions: SessionControl;
  labs: LabControl;
  system: { version: string; doctor(): Promise<Finding[]>; features(): Promise<string[]> };
  /** Appends to a session's log as the session itself would. */
  emit(session: string, event: SessionEvent): void;
  /** Reports a change in the machine to every subscriber. */
  change(kinds: ChangeKind[]): void;
  /** The verdicts that `check` returns. */
  verdicts: Verdict[];
  /** Who watches the traffic of some session. */
  traffic: Set<(news: TrafficNews) => void>;
  /** Methods of sessions that a test replaces. */
  instead: Partial<OneSession>;
  /** The function behind `open`. */
  open: (node: string | null, argv: string[] | null, options: OpenOptions) => Promise<Stream>;
  /** How many listeners sessions have now. */
  listening(): number;
}

export function verdict(check: string, changes: Partial<Verdict> = {}): Verdict {
  return {
    check,
    step: 'isolation',
    status: 'pass',
    reason: null,
    node: null,
    object: null,
    expected: 'red',
    observed: 'red',
    values: {
      asked: 'netns',
      name: 'red',
      absent: '',
      node: 'red',
      object: 'red',
      shell: 'host',
      need: 'pair',
    },
    evidence: [],
    ...changes,
  };
}

export const failed = verdict('red', {
  status: 'fail',
  reason: 'netns-missing',
  node: 'red',
  object: 'red',
  observed: '-',
  evidence: [{ on: 'host', command: 'ip netns list', output: '' }],
});

export const flowDouble: Flow = {
  ...{ number: 1, protocol: 'icmp', from: 'red', packets: 2, sampled: false },
  source: { address: '192.168.15.1', port: 7 },
  destination: { address: '192.168.15.2', port: 7 },
  ...{ translated: null, verdict: 'answered', where: null, own: false, firstAt: 1000, lastAt: 1001 },
};

interface Log {
  snapshot: SessionSnapshot;
  events: NumberedEvent[];
  listeners: Set<(event: NumberedEvent) => void>;
}

export function createDouble(known: Lab[] = [lab]): Double {
  const logs = new Map<string, Log>();
  const followers = new Set<(kinds: ChangeKind[]) => void>();
  let current: string | null = null;
  let started = 0;

  function log(session: string): Log {
    const found = logs.get(session);
    if (!found) {
      throw new HoplabError('session-not-found', `no session ${session}`, {
        session,
        known: [...logs.keys()],
      });
    }
    return found;
  }

  function labOf(id: string): Lab {
    const found = known.find((each) => each.id === id);
    if (!found)
      throw new HoplabError('lab-not-found', `no lab ${id}; did you mean ${known[0]?.id}?`, { lab: id });
    return found;
  }

  function stepOf(session: string, step: string | null): string {
    const { snapshot } = log(session);
    if (step === null || step === 'all') return snapshot.step;
    if (!snapshot.steps.some(({ id }) => id === step)) {
      throw new HoplabError('step-not-found', `no step ${step}; did you mean isolation?`, { step });
    }
    return step;
  }

  function emit(session: string, event: SessionEvent): void {
    const { snapshot, events, listeners } = log(session);
    const numbered = { number: events.length + 1, at: 1000 + events.length, event };
    events.push(numbered);
    snapshot.lastEvent = numbered.number;
    for (const listener of listeners) listener(numbered);
  }

  function enter(
    session: string,
    step: string,
    how: 'goto' | 'reset' | 'reboot' | 'undo' | 'break',
  ): SessionSnapshot {
    const { snapshot } = log(session);
    snapshot.step = step;
    snapshot.canUndo = how !== 'undo';
    emit(session, { type: 'step-entered', step, how });
    return structuredClone(snapshot);
  }

  const double: Double = {
    emit,
    change(kinds) {
      for (const follower of followers) follower(kinds);
    },
    verdicts: [failed],
    traffic: new Set(),
    instead: {},
    open: () => Promise.reject(new HoplabError('node-not-found', 'no node here', { nearest: 'red' })),
    listening: () => [...logs.values()].reduce((sum, { listeners }) => sum + listeners.size, 0),
    system: {
      version: '0.0.0-test',
      doctor: async () => [
        { area: 'kernel', name: 'netns', status: 'ok', required: true, detail: 'there', cure: null },
        {
          area: 'package',
          name: 'fping',
          status: 'missing',
          required: false,
          detail: '',
          cure: 'apt install fping',
        },
      ],
      features: async () => ['bridge'],
    },
    sessions: {
      list: () => [...logs.values()].map(({ snapshot }) => structuredClone(snapshot)),
      current: () => current,
      use(session) {
        current = log(session).snapshot.id;
        return structuredClone(log(session).snapshot);
      },
      async start(id, step, progress) {
        const { title, steps, prose } = labOf(id);
        started += 1;
        const session = `s${started}`;
        current ??= session;
        const entered = step ?? steps[0]?.id ?? '';
        progress?.(1, 2, 'machine');
        logs.set(session, {
          events: [],
          listeners: new Set(),
          snapshot: {
            id: session,
            lab: id,
            title,
            startedAt: 1000,
            step: entered,
            steps: steps.map((each) => ({
              id: each.id,
              title: { en: prose.en.steps[each.id]?.title ?? '', ko: prose.ko.steps[each.id]?.title ?? '' },
              doneAt: null,
              shown: false,
              broken: false,
              verdicts: [],
              held: [],
              predictions: [],
            })),
            machine: { state: 'ready', pid: 4711, milliseconds: 12 },
            canUndo: false,
            practice: null,
            hints: 0,
            lastEvent: 0,
          },
        });
        stepOf(session, step);
        progress?.(2, 2, entered);
        emit(session, { type: 'step-entered', step: entered, how: 'start' });
        return structuredClone(log(session).snapshot);
      },
      get: (session) => structuredClone(log(session).snapshot),
      async stop(session) {
        emit(session, { type: 'stopped' });
        logs.delete(session);
        if (current === session) current = [...logs.keys()].at(-1) ?? null;
      },
      of(session) {
        log(session);
        return {
          enter: async (step, how) => enter(session, stepOf(session, step), how),
          preview: async (asked) => ({
            step: typeof asked === 'string' ? log(session).snapshot.step : asked.step,
            gone: false,
            differences: [
              { node: 'red', kind: 'address', change: 'lost', text: '192.168.15.1/24 dev veth-red' },
            ],
          }),
          reset: async () => enter(session, log(session).snapshot.step, 'reset'),
          reboot: async () => enter(session, log(session).snapshot.step, 'reboot'),
          async undo() {
            if (!log(session).snapshot.canUndo) throw new HoplabError('nothing-to-undo', 'nothing to undo');
            return enter(session, log(session).snapshot.step, 'undo');
          },
          async apply(step) {
            const id = stepOf(session, step);
            const lines = (
              labOf(log(session).snapshot.lab).steps.find((each) => each.id === id)?.solution ?? []
            ).map((line) => ({ ...line, step: id, exitCode: 0, output: '' }));
            for (const line of lines) emit(session, { type: 'line', ...line });
            return { steps: [id], lines, already: [], ok: true };
          },
          async check(step) {
            stepOf(session, step);
            const { snapshot } = log(session);
            const first = snapshot.steps[0];
            if (first) first.verdicts = double.verdicts;
            for (const each of double.verdicts) emit(session, { type: 'verdict', verdict: each });
            return double.verdicts;
          },
          async predict({ step, prediction: id, answer }) {
            const at = stepOf(session, step);
            const own = labOf(log(session).snapshot.lab).steps.find((each) => each.id === at)?.predict ?? [];
            const prediction = own.find((each) => each.id === id);
            if (!prediction) throw new HoplabError('prediction-not-found', `step ${at} asks no ${id}`, {});
            if (readAnswer(prediction, answer) === null) throw noAnswer(prediction, answer);
            const request = { step: at, prediction: id, answer };
            const found = { answer: ['none'], why: null, evidence: failed.evidence };
            const result = predictionResult(request, prediction, found);
            emit(session, {
              type: 'predicted',
              ...request,
              truth: found.answer,
              right: result.outcome === 'right',
            });
            return result;
          },
          async break(seed, progress) {
            const { snapshot } = log(session);
            progress?.(0, 2, 'machine');
            enter(session, snapshot.steps.at(-1)?.id ?? '', 'break');
            snapshot.practice = { seed: seed ?? 7, state: 'broken' };
            emit(session, { type: 'practice', ...snapshot.practice });
            return structuredClone(snapshot);
          },
          async reveal() {
            const { practice, steps } = log(session).snapshot;
            if (!practice) throw new HoplabError('nothing-broken', 'nothing is broken');
            const { id: step, title } = steps[0] ?? { id: '', title: { en: '', ko: '' } };
            const lines = [
              { on: 'host', typedOn: 'host', typed: 'ip netns add rad', meant: 'ip netns add red' },
              { on: 'red', typedOn: 'red', typed: null, meant: 'ip link set lo up' },
            ];
            const verdict = double.verdicts.find(({ status }) => status === 'fail') ?? null;
            return {
              seed: practice.seed,
              step,
              title,
              fault: 'wrong-name',
              reason: 'netns-missing',
              lines,
              verdict,
            };
          },
          async hint() {
            const verdict = double.verdicts.find(({ status }) => status !== 'pass');
            if (!verdict) return null;
            const text = { en: 'There is no namespace red.', ko: 'red 네임스페이스가 없습니다.' };
            return { step: verdict.step, check: verdict.check, verdict, rung: 1, rungs: 4, text };
          },
          async topology() {
            return observation;
          },
          async expose(node) {
            log(session);
            const name = `hoplab.${session}.${node ?? 'host'}`;
            return [{ node: node ?? 'host', name, file: `/run/netns/${name}` }];
          },
          leaving(onHop) {
            const { listeners } = log(session);
            const listener = ({ event }: NumberedEvent) => {
              const how = leavingIn(event);
              if (how !== null) onHop(how);
            };
            listeners.add(listener);
            return () => void listeners.delete(listener);
          },
          async trace(asked, onHop) {
            log(session);
            return tracedDouble(asked, onHop);
          },
          async pingAll(asked) {
            log(session);
            return pingedDouble(asked);
          },
          async open(node, argv, options) {
            log(session);
            return double.open(node, argv, options);
          },
          traffic: {
            watch(watcher) {
              double.traffic.add(watcher);
              return { flows: [flowDouble], end: () => void double.traffic.delete(watcher) };
            },
          },
          from(after) {
            const { events } = log(session);
            return Math.min(after ?? events.length, events.length);
          },
          subscribe(after, listener, changed = () => {}) {
            const { events, listeners } = log(session);
            for (const event of events.slice(after)) listener(event);
            listeners.add(listener);
            followers.add(changed);
            return () => {
              listeners.delete(listener);
              followers.delete(changed);
            };
          },
          ...double.instead,
        };
      },
      learned: () => [],
    },
    labs: {
      refresh: async () => {},
      broken: () => [],
      list: () => known,
      tracks: () => [{ id: 'foundations', title: { en: 'Foundations', ko: '기초' }, order: 1, labs: [] }],
      get: labOf,
      export: async (_session, { name }) => ({ files: { [name]: '' }, left: [] }),
      save: async () => 'saved',
      delete: async () => {},
      lint: async (files) =>
        files['lab.yaml'] === undefined
          ? [
              {
                file: 'lab.yaml',
                line: null,
                column: null,
                field: null,
                ...{ code: 'file-missing', values: {}, message: 'the file is missing' },
                words: { en: 'the file is missing', ko: '파일이 없습니다' },
                severity: 'error',
              },
            ]
          : [],
      async test(id, progress) {
        const part = { part: 'entry', step: 'isolation', fault: null, round: 1, ok: true } as const;
        const parts = [
          { ...part, detail: null, milliseconds: 3 },
          { ...part, part: 'fault', fault: 'wrong-name', ok: false, detail: 'passed', milliseconds: 5 },
        ];
        labOf(id);
        for (const [index, each] of parts.entries()) progress(index + 1, parts.length, each);
        return { lab: id, ok: false, milliseconds: 6, parts };
      },
    },
  };
  return double;
}

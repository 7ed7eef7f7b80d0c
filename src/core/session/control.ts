import type { ChangeKind } from '../check/changes.ts';
import type { ClusterEngine, Lab } from '../lab/lab.ts';
import type { Track } from '../lab/track.ts';
import type { Language } from '../language.ts';
import type { LeftOut } from '../play/network.ts';
import type { OpenOptions, Stream } from '../ports.ts';
import type { MistakeReveal } from '../practice/mistake.ts';
import type { PredictionResult } from '../predict/result.ts';
import type { Observation } from '../state/observation.ts';
import type { Flow, TrafficNews } from '../traffic/flow.ts';
import type { Verdict } from '../verdict/verdict.ts';
import type { ApplyOutcome, Hint, NumberedEvent, SessionSnapshot } from './event.ts';
import type { Leaving } from './leaving.ts';
import type { PingAllCall, PingedAll } from './pinging.ts';
import type { PredictionRequest } from './predicting.ts';
import type { Preview, PreviewRequest } from './preview.ts';
import type { HopListener, TraceCall, Traced } from './tracing.ts';

/** The sessions, as the API calls them; src/session implements it. Errors are HoplabError. */
export interface SessionControl {
  list(): SessionSnapshot[];
  /** The current session's id: the last used; a new one only where there is no other. */
  current(): string | null;
  use(session: string): SessionSnapshot;
  start(
    lab: string,
    step: string | null,
    progress?: Progress,
    engine?: ClusterEngine,
  ): Promise<SessionSnapshot>;
  get(session: string): SessionSnapshot;
  stop(session: string): Promise<void>;
  /** @throws `session-not-found` */
  of(session: string): OneSession;
  /** Steps of a lab that were ever done, in any session. */
  learned(lab: string): string[];
}

/** The operations of a client on one session. */
export interface OneSession {
  /** A fresh machine in the state the step begins with. */
  enter(step: string, how: 'goto', progress?: Progress): Promise<SessionSnapshot>;
  reset(progress?: Progress): Promise<SessionSnapshot>;
  /** Restarts the machine with its files. */
  reboot(progress?: Progress): Promise<SessionSnapshot>;
  undo(): Promise<SessionSnapshot>;
  /** The changes that goto, reset (the current step) or undo would make. */
  preview(asked: PreviewRequest): Promise<Preview>;
  /** Types a step's solution (the current one when null, all that remain when `all`). */
  apply(step: string | 'all' | null): Promise<ApplyOutcome>;
  /** `passed` hears which steps were passed since the last check by themselves, before the current one is asked. */
  check(step: string | 'all' | null, passed?: (steps: string[]) => void): Promise<Verdict[]>;
  hint(): Promise<Hint | null>;
  /** Answers a question to predict: hoplab then asks the machine. */
  predict(asked: PredictionRequest): Promise<PredictionResult>;
  /** Puts one of the lab's mistakes into a fresh, finished machine; null: any seed. */
  break(seed: number | null, progress?: Progress): Promise<SessionSnapshot>;
  /** Reveals the mistake of `break`, and gives up finding it. */
  reveal(): Promise<MistakeReveal>;
  /** @param shared a look that began after the last change that was reported is enough. */
  topology(shared?: boolean): Promise<Observation>;
  /** Gives nodes (all when null) a name among the VM's own network namespaces, until their machine is replaced. */
  expose(node: string | null): Promise<ExposedNode[]>;
  /** Follows one real packet and its reply; `onHop` receives each hop as soon as it is known. */
  trace(asked: TraceCall, onHop?: HopListener): Promise<Traced>;
  /** Pings every node from every other, and says why pairs fail. */
  pingAll(asked: PingAllCall): Promise<PingedAll>;
  /** The flows that a sample of the machine's packets shows, and the news of them until `end`. */
  readonly traffic: { watch(watcher: (news: TrafficNews) => void): { flows: Flow[]; end: () => void } };
  /** `node` null: `host`; argv null: an interactive login shell. */
  open(node: string | null, argv: string[] | null, options: OpenOptions): Promise<Stream>;
  /**
   * Calls `onLeave` once, when the session leaves its machine, with the reason why the programs opened in it
   * have ended, until the returned function is called. Does not count as a listener: no checks run again for
   * it.
   */
  leaving(onLeave: (how: Leaving) => void): () => void;
  /**
   * The number from which events can be sent again to a listener that has received number `after`: that one,
   * unless it does not exist yet or the events after it are forgotten. Null: the newest.
   */
  from(after: number | null): number;
  /**
   * Events after `after`, then live ones until the returned function is called; `changed` gets the kinds of
   * changes in the machine. As long as a client listens, checks run again by themselves.
   */
  subscribe(
    after: number,
    listener: (event: NumberedEvent) => void,
    changed?: (kinds: ChangeKind[]) => void,
  ): () => void;
}

/** The files that a client requests of a network. */
export interface NetworkFormat {
  as: 'lab' | 'script' | 'containerlab';
  /** Id of the lab, and name of the files. */
  name: string;
  title?: string | undefined;
}

export interface ExportedNetwork {
  files: Record<string, string>;
  /** What no such file can have. */
  left: LeftOut[];
}

/** A node under a name of the VM's own: `ip netns exec NAME ...`. */
export interface ExposedNode {
  node: string;
  name: string;
  /** The argument of `nsenter --net=FILE`. */
  file: string;
}

/** How far long work is: parts done of parts in total, and the part at hand. */
export type Progress = (done: number, total: number, message: string) => void;

/** The labs hoplab knows, and acceptance runs of them. */
export interface LabControl {
  /** Reads the files that authors have edited since. */
  refresh(): Promise<void>;
  /** In the order they are learnt in. */
  list(): Lab[];
  tracks(): Track[];
  /** The labs with errors, and the errors. */
  broken(): readonly BrokenLab[];
  get(lab: string): Lab;
  /**
   * Problems of a lab directory's files (`lab.yaml`, `en.md`, `ko.md`: name -> text). Empty: it is sound.
   * @param whole a text that a language lacks is an error, as in the labs that come with hoplab
   */
  lint(files: Record<string, string>, whole: boolean): Promise<Problem[]>;
  /** The network of a session's machine as files. */
  export(session: OneSession, asked: NetworkFormat): Promise<ExportedNetwork>;
  /**
   * Keeps a lab of the user's own; the id it has.
   * @throws `lab-broken`, and `argument-invalid` where the id is another lab's
   */
  save(files: Record<string, string>): Promise<string>;
  /**
   * Deletes a lab that was saved.
   * @throws `lab-not-found`, and `argument-invalid` where the lab is another's
   */
  delete(lab: string): Promise<void>;
  /** Acceptance run; calls back after each part. Once `stop` is aborted no further part is begun. */
  test(
    lab: string,
    progress: (done: number, total: number, part: TestPart) => void,
    stop: { readonly aborted: boolean },
    engine?: ClusterEngine,
  ): Promise<TestReport>;
}

/** A lab directory that could not be used, and why. */
export interface BrokenLab {
  /** Its own id, or its directory; null if the lab is usable, or if the problem is the track's. */
  id: string | null;
  track: string;
  directory: string;
  problems: Problem[];
}

export interface Problem {
  file: string;
  /** From 1; null where the file as a whole is meant. */
  line: number | null;
  column: number | null;
  /** Path of the field, e.g. `steps[2].checks[0].ping.to`. */
  field: string | null;
  /** Each has a sentence in every language. */
  code: string;
  values: Record<string, string>;
  /** In English. */
  message: string;
  words: Record<Language, string>;
  severity: 'error' | 'warning';
  /** The mark that belongs under the heading at this line: which text the section translates. */
  mark?: string;
}

/** One thing an acceptance run tried. */
export interface TestPart {
  /** `entry`, `solution`, `prediction ID`, `fault`, `jump`, `reset`. */
  part: string;
  step: string | null;
  fault: string | null;
  round: 1 | 2;
  ok: boolean;
  /** The expected and the actual result, when not ok. */
  detail: string | null;
  milliseconds: number;
}

export interface TestReport {
  lab: string;
  ok: boolean;
  /** From its begin to its end; parts are tried at the same time, so theirs add up to more. */
  milliseconds: number;
  parts: TestPart[];
}

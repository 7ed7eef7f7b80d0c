import type { Result } from '../../protocol/methods.ts';
import type { NotificationParams } from '../../protocol/notifications.ts';

/** Short names for the daemon's messages. */
export type Snapshot = Result<'sessions.get'>;
export type StepState = Snapshot['steps'][number];
export type Verdict = StepState['verdicts'][number];
export type NumberedEvent = NotificationParams<'session.event'>;
export type SessionEvent = NumberedEvent['event'];
export type Lab = Result<'labs.get'>;
export type Step = Lab['steps'][number];
export type Check = Step['checks'][number];
export type Observation = Result<'topology.get'>;
export type NodeState = Observation['nodes'][string];
export type KernelLink = NodeState['links'][number];
export type Hint = NonNullable<Result<'sessions.hint'>['hint']>;
export type LabsFound = Result<'labs.search'>;
export type LabEntry = Result<'labs.list'>['labs'][number];
export type Flow = Result<'traffic.watch'>['flows'][number];
export type Crossing = NotificationParams<'traffic.seen'>['crossings'][number];

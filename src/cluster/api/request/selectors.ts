import type { ApiObject } from '../../store/objects.ts';
import { at, isRecord, labelsOf, recordsOf, stringsOf, textOf, textsOf } from '../values.ts';
import { badRequest } from './errors.ts';

export type Matches = (object: ApiObject) => boolean;

interface Requirement {
  key: string;
  operator: 'in' | 'notin' | 'exists' | '!' | 'gt' | 'lt';
  values: string[];
}

/** `app=web,tier in (a,b),!old`; kubectl's -l. */
export function labelSelector(text: string | null): Matches {
  if (text === null || text.trim() === '') return () => true;
  const requirements = split(text).map(requirement);
  return (object) => satisfies(labelsOf(object), requirements);
}

/** A LabelSelector as objects have it; an empty one matches everything. */
export function selectorMatches(selector: unknown, labels: Record<string, string>): boolean {
  if (!isRecord(selector)) return false;
  const equal = Object.entries(stringsOf(selector.matchLabels)).map(
    ([key, value]): Requirement => ({ key, operator: 'in', values: [value] }),
  );
  const expressions = recordsOf(selector.matchExpressions).map((one): Requirement => {
    const operators = { In: 'in', NotIn: 'notin', Exists: 'exists', DoesNotExist: '!' } as const;
    const operator = Object.entries(operators).find(([name]) => name === one.operator)?.[1] ?? 'in';
    return { key: textOf(one.key), operator, values: textsOf(one.values) };
  });
  return satisfies(labels, [...equal, ...expressions]);
}

function satisfies(labels: Record<string, string>, requirements: Requirement[]): boolean {
  return requirements.every(({ key, operator, values }) => tests[operator](labels[key], values));
}

const tests: Record<Requirement['operator'], (value: string | undefined, values: string[]) => boolean> = {
  in: (value, values) => value !== undefined && values.includes(value),
  notin: (value, values) => value === undefined || !values.includes(value),
  exists: (value) => value !== undefined,
  '!': (value) => value === undefined,
  gt: (value, [limit]) => value !== undefined && Number(value) > Number(limit),
  lt: (value, [limit]) => value !== undefined && Number(value) < Number(limit),
};

/** At commas outside parentheses. */
function split(text: string): string[] {
  return text.split(/,(?![^(]*\))/).map((one) => one.trim());
}

function requirement(text: string): Requirement {
  const set = /^([\w./-]+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(text);
  if (set?.[1] !== undefined) {
    const values = (set[3] ?? '').split(',').map((one) => one.trim());
    return { key: set[1], operator: set[2] === 'in' ? 'in' : 'notin', values };
  }
  const compared = /^([\w./-]+)\s*(==?|!=|>|<)\s*([\w.-]*)$/.exec(text);
  if (compared?.[1] !== undefined) {
    const operators = { '=': 'in', '==': 'in', '!=': 'notin', '>': 'gt', '<': 'lt' } as const;
    const operator = Object.entries(operators).find(([name]) => name === compared[2])?.[1] ?? 'in';
    return { key: compared[1], operator, values: [compared[3] ?? ''] };
  }
  const there = /^(!?)\s*([\w./-]+)$/.exec(text);
  if (there?.[2] !== undefined) {
    return { key: there[2], operator: there[1] === '!' ? '!' : 'exists', values: [] };
  }
  throw badRequest(`unable to parse requirement: found '${text}', expected: a label selector requirement`);
}

/** Fields that can be selected, of all kinds and of single ones; as the API server knows them. */
const selectable: Record<string, string[]> = {
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  Event: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  Namespace: ['status.phase'],
  Node: ['spec.unschedulable'],
  Secret: ['type'],
  Service: ['spec.clusterIP', 'spec.type'],
  ReplicaSet: ['status.replicas'],
  CertificateSigningRequest: ['spec.signerName'],
};

export function fieldSelector(kind: string, text: string | null): Matches {
  if (text === null || text.trim() === '') return () => true;
  const terms = text.split(',').map((term) => {
    const parts = /^([^!=]+)(!=|==?)(.*)$/.exec(term.trim());
    if (parts?.[1] === undefined) {
      throw badRequest(`invalid selector: '${term}'; can't understand '${term}'`);
    }
    const path = parts[1].trim();
    if (!['metadata.name', 'metadata.namespace', ...(selectable[kind] ?? [])].includes(path)) {
      throw badRequest(
        selectable[kind] === undefined
          ? `"${path}" is not a known field selector: only "metadata.name", "metadata.namespace"`
          : `field label not supported: ${path}`,
      );
    }
    return { path: path.split('.'), wanted: parts[3] ?? '', not: parts[2] === '!=' };
  });
  return (object) => terms.every(({ path, wanted, not }) => (fieldText(object, path) === wanted) !== not);
}

function fieldText(object: ApiObject, path: string[]): string {
  const last = path.at(-1) ?? '';
  const value = at(object, ...path.slice(0, -1))[last];
  if (path.join('.') === 'source') return textOf(at(object, 'source').component);
  if (last === 'unschedulable' || last === 'hostNetwork') return String(value ?? false);
  return value === undefined || value === null ? '' : String(value);
}

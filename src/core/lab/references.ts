import type { Check, CheckArguments } from '../check/check.ts';
import { cidr } from '../check/terms.ts';
import { nearest } from '../text/nearest.ts';
import { said } from '../text/said.ts';
import { knownNodes } from './known-nodes.ts';
import type { Step, Topology } from './lab.ts';
import { type Finding, inLab } from './problem.ts';
import { predictionFindings } from './references-predict.ts';
import { ruleFindings } from './references-rules.ts';
import type { LabFile } from './schema.ts';
import { startFindings } from './start-findings.ts';

type Path = (string | number)[];

/** Everything in a lab file that refers to something that is not there, or is there twice. */
export function references(file: LabFile, topology: Topology, steps: readonly Step[]): Finding[] {
  const nodes = knownNodes(topology, steps);
  const drawn = [...nodes, ...topology.bridges.map(({ name }) => name)];
  return [
    ...topologyFindings(file, topology),
    ...startFindings(file, topology, steps),
    ...stepFindings(steps, nodes),
    ...unique(
      steps.map(({ id }) => id),
      (index) => ['steps', index, 'id'],
      'step-twice',
    ),
    ...Object.keys(file.view).flatMap((name) => unknownNode(name, drawn, ['view', name])),
  ];
}

function topologyFindings({ topology: written }: LabFile, topology: Topology): Finding[] {
  const nodes = topology.nodes.map(({ name }) => name);
  const seen = new Set<string>();
  return [
    ...topology.bridges.flatMap(({ name, node }) =>
      unknownNode(node, nodes, ['topology', 'bridges', name, 'node']),
    ),
    ...topology.links.flatMap(({ ends }, index) =>
      ends.flatMap((end, side) => {
        const path = ['topology', 'links', index, 'ends', side];
        const place = `${end.node}:${end.link}`;
        const twice = seen.has(place) ? [inLab(path, said('link-twice', { place }))] : [];
        seen.add(place);
        return [
          ...unknownNode(end.node, nodes, path),
          ...tooLong(end.link, path),
          ...badAddresses(end.addresses, path),
          ...twice,
        ];
      }),
    ),
    ...written.links.flatMap(({ master }, index) => {
      const ports = topology.links[index]?.ends.filter((end) => end.master !== null) ?? [];
      if (master === undefined || ports.length === 1) return [];
      return [inLab(['topology', 'links', index, 'master'], said('master-nowhere', { master }))];
    }),
  ];
}

function tooLong(link: string, path: Path): Finding[] {
  return link.length > 15 ? [inLab(path, said('link-name-too-long', { value: link }))] : [];
}

function badAddresses(addresses: readonly string[], path: Path): Finding[] {
  return addresses
    .filter((address) => !cidr.safeParse(address).success)
    .map((address) => inLab(path, said('expected-cidr', { value: address })));
}

function stepFindings(steps: readonly Step[], nodes: readonly string[]): Finding[] {
  const ids = steps.map(({ id }) => id);
  return [
    ...steps.flatMap((step, number) => {
      const path: Path = ['steps', number];
      const own = step.checks.map(({ id }) => id);
      return [
        ...step.solution.flatMap(({ on }, index) => unknownNode(on, nodes, [...path, 'solution', index])),
        ...step.checks.flatMap((check, index) =>
          checkFindings(check, own, ids, number, nodes, [...path, 'checks', index]),
        ),
        ...step.checks.flatMap((check, index) => ruleFindings(check, [...path, 'checks', index])),
        ...step.faults.flatMap((fault, index) =>
          faultFindings(fault, step, own, nodes, [...path, 'faults', index]),
        ),
        ...(step.faults.length > 0
          ? []
          : [inLab([...path, 'id'], said('no-fault', { step: step.id }), 'warning')]),
        ...unique(own, (index) => [...path, 'checks', index, 'id'], 'check-twice'),
        ...predictionFindings(
          step,
          path,
          (node, at) => unknownNode(node, nodes, at),
          (check, at) => checkFindings(check, own, ids, number, nodes, at),
        ),
        ...unique(
          step.predict.map(({ id }) => id),
          (index) => [...path, 'predict', index, 'id'],
          'prediction-twice',
        ),
        ...unique(
          step.faults.map(({ id }) => id),
          (index) => [...path, 'faults', index, 'id'],
          'fault-twice',
        ),
      ];
    }),
  ];
}

function faultFindings(
  { fails, changes }: Step['faults'][number],
  { solution }: Step,
  own: readonly string[],
  nodes: readonly string[],
  path: Path,
): Finding[] {
  return [
    ...(own.includes(fails)
      ? []
      : [inLab([...path, 'fails'], said('no-check', { check: fails, near: nearest(fails, own) ?? '' }))]),
    ...changes.flatMap(({ line, on }, index) => {
      const at = [...path, 'change', index];
      if (line >= solution.length) {
        const values = { line: `${line + 1}`, lines: `${solution.length}` };
        return [inLab([...at, 'line'], said('no-line', values))];
      }
      return unknownNode(on, nodes, [...at, 'on']);
    }),
  ];
}

function nodesOfPath({ through, never, translated, source, ends }: CheckArguments['path']): string[] {
  const places = [...(translated ?? []), ...(source ? [source] : []), ...(ends ? [ends] : [])];
  return [...(through ?? []), ...(never ?? []), ...places.map(({ at }) => at)];
}

function checkFindings(
  { id, kind, args, needs, until }: Check,
  own: readonly string[],
  steps: readonly string[],
  step: number,
  nodes: readonly string[],
  path: Path,
): Finding[] {
  const named = Object.entries(args).flatMap(([key, value]) =>
    // A policy rule's `from` is an address, which no node name can look like.
    typeof value === 'string' && ['on', 'from', 'at'].includes(key) && !/[.:]/.test(value)
      ? [[key, value] as const]
      : [],
  );
  const passed = kind === 'path' ? nodesOfPath(args) : [];
  return [
    ...passed.flatMap((node) => unknownNode(node, nodes, [...path, kind])),
    ...named.flatMap(([key, node]) => unknownNode(node, nodes, [...path, kind, key])),
    ...('control' in args && typeof args.control === 'object'
      ? unknownNode(args.control.from, nodes, [...path, kind, 'control', 'from'])
      : []),
    ...('expect' in args &&
    !['reply', 'answer', 'accepted'].includes(args.expect) &&
    args.control === undefined
      ? [inLab([...path, kind, 'expect'], said('needs-control'))]
      : []),
    ...uselessControl(kind, args, [...path, kind, 'control']),
    ...needs
      .filter((need) => need === id || own.indexOf(need) < 0 || own.indexOf(need) > own.indexOf(id))
      .map((need) => inLab([...path, 'needs'], said('needs-no-earlier', { need }))),
    ...(until === null || steps.indexOf(until) > step
      ? []
      : [
          inLab(
            [...path, 'until'],
            said('until-no-later', { until, near: nearest(until, steps.slice(step + 1)) ?? '' }),
          ),
        ]),
  ];
}

/**
 * A control proves something about an expected failure; a control without one means that `expect` was
 * forgotten.
 */
function uselessControl(kind: string, args: object, path: Path): Finding[] {
  const { control, expect, ends, exit } = args as Partial<Record<string, unknown>>;
  if (control === undefined) return [];
  if (
    kind === 'path'
      ? typeof ends === 'object' && ends !== null && 'reason' in ends
      : kind === 'command'
        ? exit !== 0
        : !['reply', 'answer', 'accepted'].includes(String(expect))
  )
    return [];
  if (kind === 'path') return [inLab(path, said('control-without-ends'))];
  return [inLab(path, said(kind === 'command' ? 'control-without-exit' : 'control-without-expect'))];
}

function unknownNode(node: string, known: readonly string[], path: Path): Finding[] {
  return known.includes(node)
    ? []
    : [inLab(path, said('no-node', { node, near: nearest(node, known) ?? '', known: known.join(', ') }))];
}

function unique(
  ids: readonly string[],
  path: (index: number) => Path,
  code: 'step-twice' | 'check-twice' | 'prediction-twice' | 'fault-twice',
): Finding[] {
  return ids.flatMap((id, index) =>
    ids.indexOf(id) === index ? [] : [inLab(path(index), said(code, { id }))],
  );
}

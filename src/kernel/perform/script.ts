import type { Line } from '../../core/lab/lab.ts';
import type { Action, StartedService, VethEnd } from '../../core/plan/action.ts';
import { quote, shellOf } from '../../core/text/shell.ts';
import { engineProgram } from '../engine/engine.ts';
import { clusterProgram } from '../engine/kubernetes.ts';
import { mailProgram } from '../engine/programs.ts';
import { intoNode, type NodePlace } from '../place/enter.ts';
import { nodesDirectory, settingsProgram } from '../place/layout.ts';

/** Marks the line on stderr that says which action of a script failed, how, and at which of its commands. */
export const failureMark = '@hoplab-action-failed';

/**
 * One bash script, run inside the machine, for a whole plan: actions in order, stopping at the first that
 * fails. Pure. `known` are the nodes there are before; those the plan makes are known from there on.
 */
export function scriptOf(actions: readonly Action[], known: readonly NodePlace[]): string {
  const places = new Map(known.map((place) => [place.name, place]));
  const parts = actions.map((action, index) => {
    const text = actionText(action, places);
    if (action.kind === 'host' || action.kind === 'netns')
      places.set(action.name, { name: action.name, kind: action.kind });
    return text
      .map((command, place) => `${command} || { echo '${failureMark}' ${index} $? ${place} >&2; exit 1; }`)
      .join('\n');
  });
  return `${parts.join('\n')}\n`;
}

/** The program that starts a service and ends when it is ready. */
const services: Record<StartedService, string[]> = {
  http: ['nginx'],
  docker: ['sh', engineProgram, 'start'],
  kubernetes: ['sh', clusterProgram, 'start'],
  mail: ['sh', mailProgram],
};

function serviceArgv({ service, cluster }: Extract<Action, { kind: 'service' }>): string[] {
  const { others = [], real = false } = cluster ?? {};
  return [...services[service], ...(real ? ['real'] : []), ...others];
}

function actionText(action: Action, places: ReadonlyMap<string, NodePlace>): string[] {
  switch (action.kind) {
    case 'host':
      return [hostText(action.name)];
    case 'netns':
      return [`ip netns add ${action.name}`, settingsText(`/run/netns/${action.name}`)];
    case 'veth':
      return [
        `ip -batch - <<'EOF'\n${action.pairs.map((pair) => vethLine(pair, places)).join('\n')}\nEOF\n[ $? = 0 ]`,
      ];
    case 'ip':
      return [`${batchOf(action.on, places)} <<'EOF'\n${action.lines.join('\n')}\nEOF\n[ $? = 0 ]`];
    case 'sysctl':
      return [
        `${into(action.on, places, ['sysctl', '-q', '-p', '-'])} <<'EOF'\n${Object.entries(action.values)
          .map(([key, value]) => `${key} = ${value}`)
          .join('\n')}\nEOF\n[ $? = 0 ]`,
      ];
    case 'service':
      return [`${into(action.on, places, serviceArgv(action))} </dev/null`];
    case 'lines':
      return action.lines.map((line) => lineText(line, places));
  }
}

/** Another host: two namespaces pinned by mounts, so that no process has to hold them, and its own /etc. */
function hostText(name: string): string {
  const directory = `${nodesDirectory}/${name}`;
  return [
    `{ mkdir -p ${directory} && cd ${directory} && : >net && : >uts`,
    'cp -R --preserve=mode,links /etc etc',
    `echo ${name} >etc/hostname`,
    `unshare --net=net --uts=uts sh -ec 'hostname ${name}; . ${settingsProgram}; ip link set dev lo up' && cd /root; }`,
  ].join(' && ');
}

/** The file is empty where the VM has nothing that a namespace of a machine should not have. */
function settingsText(namespace: string): string {
  return `{ [ ! -s ${settingsProgram} ] || nsenter --net=${namespace} sh -e ${settingsProgram}; }`;
}

function vethLine([one, other]: [VethEnd, VethEnd], places: ReadonlyMap<string, NodePlace>): string {
  const end = ({ node, link, index }: VethEnd) => {
    const { kind } = placeIn(node, places);
    const where =
      kind === 'machine' ? '' : ` netns ${kind === 'host' ? `${nodesDirectory}/${node}/net` : node}`;
    return `name ${link} index ${index}${where}`;
  };
  return `link add ${end(one)} type veth peer ${end(other)}`;
}

function batchOf(node: string, places: ReadonlyMap<string, NodePlace>): string {
  const place = placeIn(node, places);
  if (place.kind === 'machine') return 'ip -batch -';
  if (place.kind === 'netns') return `ip -n ${node} -batch -`;
  return `nsenter --net=${nodesDirectory}/${node}/net ip -batch -`;
}

/** A line for the machine itself needs no shell of its own: the script is one, and lends it a subshell. */
function lineText(line: Line, places: ReadonlyMap<string, NodePlace>): string {
  const argv = shellOf(line.run);
  const own =
    placeIn(line.on, places).kind === 'machine'
      ? `(eval ${quote(argv.at(-1) ?? '')})`
      : into(line.on, places, argv);
  return `${own} </dev/null`;
}

function into(node: string, places: ReadonlyMap<string, NodePlace>, argv: string[]): string {
  return intoNode(placeIn(node, places), argv).map(quote).join(' ');
}

/** A node the plan's own lines make (`ip netns add red`) is not known beforehand; it is a namespace. */
function placeIn(node: string, places: ReadonlyMap<string, NodePlace>): NodePlace {
  return places.get(node) ?? { name: node, kind: 'netns' };
}

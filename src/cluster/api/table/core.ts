import { at, type Fields, labelsOf, numberOf, recordOf, recordsOf, textOf } from '../values.ts';
import { age, since } from './duration.ts';
import { type Printer, printer } from './printer.ts';

const size = (value: unknown) => Object.keys(recordOf(value)).length;

export const corePrinters: Record<string, Printer> = {
  namespaces: printer('Name|Status|Age', (object, now) => [
    object.metadata.name,
    textOf(at(object, 'status').phase),
    age(object, now),
  ]),
  configmaps: printer('Name|Data:integer|Age', (object, now) => [
    object.metadata.name,
    size(object.data) + size(object.binaryData),
    age(object, now),
  ]),
  secrets: printer('Name|Type|Data:integer|Age', (object, now) => [
    object.metadata.name,
    object.type,
    size(object.data),
    age(object, now),
  ]),
  'leases.coordination.k8s.io': printer('Name|Holder|Age', (object, now) => [
    object.metadata.name,
    textOf(at(object, 'spec').holderIdentity),
    age(object, now),
  ]),
  serviceaccounts: printer('Name|Secrets:integer|Age', (object, now) => [
    object.metadata.name,
    recordsOf(object.secrets).length,
    age(object, now),
  ]),
  nodes: printer(
    'Name|Status|Roles|Age|Version|*Internal-IP|*External-IP|*OS-Image|*Kernel-Version|*Container-Runtime',
    (node, now) => {
      const status = at(node, 'status');
      const info = at(status, 'nodeInfo');
      const address = (type: string) =>
        textOf(recordsOf(status.addresses).find((one) => one.type === type)?.address) || '<none>';
      return [
        node.metadata.name,
        nodeStatus(node),
        roles(labelsOf(node)),
        age(node, now),
        textOf(info.kubeletVersion),
        address('InternalIP'),
        address('ExternalIP'),
        textOf(info.osImage) || '<unknown>',
        textOf(info.kernelVersion) || '<unknown>',
        textOf(info.containerRuntimeVersion) || '<unknown>',
      ];
    },
  ),
  events: printer(
    'Last Seen|Type|Reason|Object|*Subobject|*Source|Message|*First Seen|*Count:integer|*Name',
    (event, now) => {
      const about = at(event, 'involvedObject');
      const first = textOf(event.firstTimestamp) || event.eventTime;
      const last = textOf(event.lastTimestamp) || textOf(at(event, 'series').lastObservedTime) || first;
      return [
        since(last, now),
        event.type,
        event.reason,
        `${textOf(about.kind).toLowerCase()}/${textOf(about.name)}`,
        textOf(about.fieldPath),
        sourceText(at(event, 'source'), textOf(event.reportingComponent)),
        textOf(event.message).trim(),
        since(first, now),
        numberOf(event.count) || 1,
        event.metadata.name,
      ];
    },
  ),
};

function sourceText(source: Fields, reporting: string): string {
  const component = textOf(source.component) || reporting;
  return textOf(source.host) === '' ? component : `${component}, ${textOf(source.host)}`;
}

function nodeStatus(node: unknown): string {
  const ready = recordsOf(at(node, 'status').conditions).find((one) => one.type === 'Ready');
  const word = ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady';
  return at(node, 'spec').unschedulable === true ? `${word},SchedulingDisabled` : word;
}

function roles(labels: Record<string, string>): string {
  const prefix = 'node-role.kubernetes.io/';
  const found = Object.entries(labels).flatMap(([key, value]) => {
    if (key.startsWith(prefix)) return [key.slice(prefix.length)];
    return key === 'kubernetes.io/role' && value !== '' ? [value] : [];
  });
  return found.length === 0 ? '<none>' : found.sort().join(',');
}

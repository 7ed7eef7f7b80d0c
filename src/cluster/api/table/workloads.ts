import { at, numberOf, recordOf, recordsOf, stringsOf, textOf, textsOf } from '../values.ts';
import { age, humanDuration } from './duration.ts';
import { labelsText, type Printer, printer } from './printer.ts';

function containersOf(object: unknown): [names: string, images: string] {
  const containers = recordsOf(at(object, 'spec', 'template', 'spec').containers);
  const join = (name: string) => containers.map((one) => textOf(one[name])).join(',');
  return [join('name'), join('image')];
}

/** A selector as it is typed after -l. */
export function selectorText(selector: unknown): string {
  const { matchLabels, matchExpressions } = recordOf(selector);
  const equal = Object.entries(stringsOf(matchLabels)).map(([key, value]) => `${key}=${value}`);
  const others = recordsOf(matchExpressions).map(({ key, operator, values }) => {
    const listed = `(${textsOf(values).sort().join(',')})`;
    if (operator === 'In') return `${key} in ${listed}`;
    if (operator === 'NotIn') return `${key} notin ${listed}`;
    return operator === 'Exists' ? `${key}` : `!${key}`;
  });
  const all = [...equal, ...others].sort();
  return all.length === 0 ? '<none>' : all.join(',');
}

const wide = '*Containers|*Images|*Selector';

export const workloadPrinters: Record<string, Printer> = {
  'deployments.apps': printer(`Name|Ready|Up-to-date|Available|Age|${wide}`, (object, now) => {
    const status = at(object, 'status');
    const { replicas, selector } = at(object, 'spec');
    return [
      object.metadata.name,
      `${numberOf(status.readyReplicas)}/${numberOf(replicas)}`,
      numberOf(status.updatedReplicas),
      numberOf(status.availableReplicas),
      age(object, now),
      ...containersOf(object),
      selectorText(selector),
    ];
  }),
  'replicasets.apps': printer(
    `Name|Desired:integer|Current:integer|Ready:integer|Age|${wide}`,
    (object, now) => {
      const status = at(object, 'status');
      const { replicas, selector } = at(object, 'spec');
      return [
        object.metadata.name,
        numberOf(replicas),
        numberOf(status.replicas),
        numberOf(status.readyReplicas),
        age(object, now),
        ...containersOf(object),
        selectorText(selector),
      ];
    },
  ),
  'statefulsets.apps': printer('Name|Ready|Age|*Containers|*Images', (object, now) => {
    const { replicas } = at(object, 'spec');
    return [
      object.metadata.name,
      `${numberOf(at(object, 'status').readyReplicas)}/${numberOf(replicas)}`,
      age(object, now),
      ...containersOf(object),
    ];
  }),
  'jobs.batch': printer(`Name|Status|Completions|Duration|Age|${wide}`, (object, now) => {
    const { succeeded, conditions, startTime, completionTime } = at(object, 'status');
    const { completions, parallelism, suspend, selector } = at(object, 'spec');
    const wanted = completions ?? (numberOf(parallelism) > 1 ? `1 of ${numberOf(parallelism)}` : 1);
    const ended = recordsOf(conditions).find(
      ({ type, status }) => status === 'True' && (type === 'Complete' || type === 'Failed'),
    );
    const until = completionTime === undefined ? now.getTime() : Date.parse(textOf(completionTime));
    return [
      object.metadata.name,
      ended === undefined ? (suspend === true ? 'Suspended' : 'Running') : textOf(ended.type),
      `${numberOf(succeeded)}/${wanted}`,
      startTime === undefined ? '' : humanDuration(until - Date.parse(textOf(startTime))),
      age(object, now),
      ...containersOf(object),
      selectorText(selector),
    ];
  }),
  'daemonsets.apps': printer(
    `Name|Desired:integer|Current:integer|Ready:integer|Up-to-date:integer|Available:integer|Node Selector|Age|${wide}`,
    (object, now) => {
      const status = at(object, 'status');
      const { selector } = at(object, 'spec');
      return [
        object.metadata.name,
        numberOf(status.desiredNumberScheduled),
        numberOf(status.currentNumberScheduled),
        numberOf(status.numberReady),
        numberOf(status.updatedNumberScheduled),
        numberOf(status.numberAvailable),
        labelsText(stringsOf(at(object, 'spec', 'template', 'spec').nodeSelector)),
        age(object, now),
        ...containersOf(object),
        selectorText(selector),
      ];
    },
  ),
};

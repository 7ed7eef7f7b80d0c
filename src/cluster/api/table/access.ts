import { at, type Fields, recordOf, recordsOf, textOf } from '../values.ts';
import { age, humanDuration } from './duration.ts';
import { type Cells, type Printer, printer } from './printer.ts';

const created: Cells = (object) => [object.metadata.name, object.metadata.creationTimestamp];

const binding: Cells = (object, now) => {
  const { kind, name } = recordOf(object.roleRef);
  const subjects = recordsOf(object.subjects);
  return [
    object.metadata.name,
    `${kind}/${name}`,
    age(object, now),
    names(subjects, 'User', (one) => textOf(one.name)),
    names(subjects, 'Group', (one) => textOf(one.name)),
    names(subjects, 'ServiceAccount', (one) => `${one.namespace}/${one.name}`),
  ];
};

function names(subjects: Fields[], kind: string, subjectText: (subject: Fields) => string): string {
  return subjects
    .filter((one) => one.kind === kind)
    .map(subjectText)
    .join(', ');
}

const bindingColumns = 'Name|Role|Age|*Users|*Groups|*ServiceAccounts';

export const accessPrinters: Record<string, Printer> = {
  'roles.rbac.authorization.k8s.io': printer('Name|Created At:date', created),
  'clusterroles.rbac.authorization.k8s.io': printer('Name|Created At:date', created),
  'rolebindings.rbac.authorization.k8s.io': printer(bindingColumns, binding),
  'clusterrolebindings.rbac.authorization.k8s.io': printer(bindingColumns, binding),
  'certificatesigningrequests.certificates.k8s.io': printer(
    'Name|Age|SignerName|Requestor|RequestedDuration|Condition',
    (csr, now) => {
      const { signerName, username, expirationSeconds } = at(csr, 'spec');
      const duration =
        typeof expirationSeconds === 'number' ? humanDuration(expirationSeconds * 1000) : '<none>';
      return [
        csr.metadata.name,
        age(csr, now),
        signerName,
        username,
        duration,
        csrCondition(at(csr, 'status')),
      ];
    },
  ),
};

function csrCondition(status: Fields): string {
  const types = recordsOf(status.conditions).map((one) => one.type);
  const decided = ['Approved', 'Denied', 'Failed'].filter((type) => types.includes(type));
  if (decided.length === 0) return 'Pending';
  return textOf(status.certificate) === '' ? decided.join(',') : `${decided.join(',')},Issued`;
}

import type { ApiObject } from '../../store/objects.ts';
import { type FieldError, field, forbidden } from '../request/errors.ts';
import { storedAs } from '../resources.ts';
import { at, equal, type Fields, recordOf, recordsOf, textOf, textsOf } from '../values.ts';
import type { Strategy } from './strategy.ts';

function roleErrors(cluster: boolean) {
  return (role: ApiObject): FieldError[] =>
    recordsOf(role.rules).flatMap((rule, index) => {
      const path = `rules[${index}]`;
      const errors: FieldError[] = [];
      if (textsOf(rule.verbs).length === 0)
        errors.push(field.required(`${path}.verbs`, 'verbs must contain at least one value'));
      const urls = textsOf(rule.nonResourceURLs);
      if (urls.length > 0) {
        if (!cluster)
          errors.push(
            field.invalid(
              `${path}.nonResourceURLs`,
              urls,
              'namespaced rules cannot apply to non-resource URLs',
            ),
          );
        return errors;
      }
      if (textsOf(rule.apiGroups).length === 0 && !Array.isArray(rule.apiGroups)) {
        errors.push(field.required(`${path}.apiGroups`, 'resource rules must supply at least one api group'));
      }
      if (textsOf(rule.resources).length === 0) {
        errors.push(field.required(`${path}.resources`, 'resource rules must supply at least one resource'));
      }
      return errors;
    });
}

export const roles: Strategy = { name: 'path', validate: roleErrors(false) };
export const clusterRoles: Strategy = { name: 'path', validate: roleErrors(true) };

function binding(kinds: string[]): Strategy {
  return {
    name: 'path',
    defaults: (object) => {
      const reference = recordOf(object.roleRef);
      reference.apiGroup ||= 'rbac.authorization.k8s.io';
      for (const subject of recordsOf(object.subjects)) {
        subject.apiGroup ??= subject.kind === 'ServiceAccount' ? '' : 'rbac.authorization.k8s.io';
        if (subject.apiGroup === '') delete subject.apiGroup;
      }
    },
    validate: (object) => {
      const { kind, name } = recordOf(object.roleRef);
      const errors: FieldError[] = [];
      if (!kinds.includes(textOf(kind))) errors.push(field.unsupported('roleRef.kind', kind ?? '', kinds));
      if (textOf(name) === '') errors.push(field.required('roleRef.name'));
      return [
        ...errors,
        ...recordsOf(object.subjects).flatMap((one, index) => subjectErrors(one, `subjects[${index}]`)),
      ];
    },
    validateUpdate: (object, before) =>
      equal(object.roleRef, before.roleRef)
        ? []
        : [field.invalid('roleRef', object.roleRef, 'cannot change roleRef')],
  };
}

function subjectErrors(subject: Fields, path: string): FieldError[] {
  const kinds = ['Group', 'ServiceAccount', 'User'];
  if (textOf(subject.name) === '') return [field.required(`${path}.name`)];
  if (!kinds.includes(textOf(subject.kind))) return [field.unsupported(`${path}.kind`, subject.kind, kinds)];
  if (subject.kind === 'ServiceAccount' && textOf(subject.namespace) === '') {
    return [field.required(`${path}.namespace`)];
  }
  return [];
}

export const roleBindings = binding(['ClusterRole', 'Role']);
export const clusterRoleBindings = binding(['ClusterRole']);

export const certificateSigningRequests: Strategy = {
  defaults: (csr) => {
    const spec = recordOf(csr.spec);
    if (textsOf(spec.usages).length === 0) spec.usages = ['digital signature', 'key encipherment'];
  },
  prepareCreate: (csr, { user }) => {
    csr.status = {};
    const spec = recordOf(csr.spec);
    spec.username = user.name;
    spec.groups = user.groups;
    if (user.uid !== undefined) spec.uid = user.uid;
    if (spec.signerName === clientSigner && asksForMasters(textOf(spec.request))) {
      const why = `use of ${clientSigner} signer with system:masters group is not allowed`;
      throw forbidden(storedAs('certificatesigningrequests.certificates.k8s.io'), csr.metadata.name, why);
    }
  },
  prepareUpdate: (csr, before) => {
    csr.spec = before.spec;
  },
  validate: (csr) => {
    const spec = at(csr, 'spec');
    const pem = Buffer.from(textOf(spec.request), 'base64').toString('latin1');
    const errors: FieldError[] = [];
    if (!pem.includes('-----BEGIN ')) {
      errors.push(
        field.invalid('spec.request', spec.request ?? '', 'PEM block type must be CERTIFICATE REQUEST'),
      );
    } else if (!/-----BEGIN (NEW )?CERTIFICATE REQUEST-----/.test(pem)) {
      errors.push(field.invalid('spec.request', spec.request, 'PEM block type must be CERTIFICATE REQUEST'));
    }
    const signer = textOf(spec.signerName);
    if (signer === '') errors.push(field.required('spec.signerName'));
    else if (!/^[^/]+\/[^/]+/.test(signer)) {
      errors.push(
        field.invalid(
          'spec.signerName',
          signer,
          'must be a fully qualified domain and path of the form "example.com/signer-name"',
        ),
      );
    }
    const seconds = spec.expirationSeconds;
    if (typeof seconds === 'number' && seconds < 600) {
      errors.push(
        field.invalid(
          'spec.expirationSeconds',
          seconds,
          'may not specify a duration less than 600 seconds (10 minutes)',
        ),
      );
    }
    return errors;
  },
};

const clientSigner = 'kubernetes.io/kube-apiserver-client';

/** Whether the subject has O=system:masters: in DER an object identifier (2.5.4.10), and a string after it. */
function asksForMasters(request: string): boolean {
  const pem = Buffer.from(request, 'base64').toString('latin1');
  const body = /-----BEGIN [^-]+-----([^-]+)-----END/.exec(pem)?.[1] ?? '';
  const der = Buffer.from(body, 'base64');
  const at = der.indexOf(Buffer.from('060355040a', 'hex'));
  return at >= 0 && der.subarray(at).includes('system:masters');
}

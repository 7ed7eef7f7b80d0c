import type { ApiObject } from '../../store/objects.ts';
import { type FieldError, field } from '../request/errors.ts';
import { at, child, equal, type Fields, recordOf, recordsOf, stringsOf, textOf } from '../values.ts';
import { specialProblem } from './addresses.ts';
import { labelProblem } from './names.ts';
import type { Strategy } from './strategy.ts';

export const namespaces: Strategy = {
  name: 'label',
  defaults: (namespace) => {
    const labels = stringsOf(namespace.metadata.labels);
    namespace.metadata.labels = { ...labels, 'kubernetes.io/metadata.name': namespace.metadata.name };
  },
  prepareCreate: (namespace) => {
    namespace.spec = { finalizers: ['kubernetes'] };
    namespace.status = { phase: 'Active' };
  },
  prepareUpdate: (namespace, before) => {
    namespace.spec = before.spec;
  },
};

export const nodes: Strategy = {
  defaults: (node) => {
    child(node, 'spec');
  },
  prepareCreate: (node) => {
    child(node, 'status');
  },
  validateUpdate: (node, before) => {
    const had = textOf(at(before, 'spec').podCIDR);
    if (had === '' || at(node, 'spec').podCIDR === had) return [];
    return [field.forbidden('spec.podCIDRs', 'node updates may not change podCIDR except from "" to valid')];
  },
};

const dataKey = /^[-._a-zA-Z0-9]+$/;

function keyErrors(data: unknown, path: string): FieldError[] {
  return Object.keys(recordOf(data)).flatMap((key) => {
    if (dataKey.test(key) && key.length <= 253) return [];
    const detail =
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
    return [field.invalid(`${path}[${key}]`, key, detail)];
  });
}

function immutable(object: ApiObject, before: ApiObject): FieldError[] {
  if (before.immutable !== true) return [];
  const errors: FieldError[] = [];
  const detail = 'field is immutable when `immutable` is set';
  if (object.immutable !== true) errors.push(field.forbidden('immutable', detail));
  for (const name of ['data', 'binaryData']) {
    if (!equal(recordOf(object[name]), recordOf(before[name]))) errors.push(field.forbidden(name, detail));
  }
  return errors;
}

export const configMaps: Strategy = {
  validate: (object) => [...keyErrors(object.data, 'data'), ...keyErrors(object.binaryData, 'binaryData')],
  validateUpdate: immutable,
};

/** Keys that a secret of a type has to have. */
const needed: Record<string, string[]> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};

export const secrets: Strategy = {
  defaults: (secret) => {
    const plain = stringsOf(secret.stringData);
    delete secret.stringData;
    if (Object.keys(plain).length > 0) {
      const encoded = Object.entries(plain).map(([key, value]) => [
        key,
        Buffer.from(value).toString('base64'),
      ]);
      secret.data = { ...recordOf(secret.data), ...Object.fromEntries(encoded) };
    }
    if (!secret.type) secret.type = 'Opaque';
  },
  validate: (secret) => [
    ...keyErrors(secret.data, 'data'),
    ...(needed[textOf(secret.type)] ?? [])
      .filter((key) => recordOf(secret.data)[key] === undefined)
      .map((key) => field.required(`data[${key}]`)),
  ],
  validateUpdate: (secret, before) => [
    ...(secret.type === before.type ? [] : [field.invalid('type', secret.type, 'field is immutable')]),
    ...immutable(secret, before),
  ],
};

export const events: Strategy = {
  name: 'path',
  defaults: (event) => {
    event.source ??= {};
    event.reportingComponent ??= textOf(at(event, 'source').component);
    event.reportingInstance ??= textOf(at(event, 'source').host);
  },
};

export const endpoints: Strategy = {
  defaults: (object) => {
    for (const subset of recordsOf(object.subsets)) {
      for (const port of recordsOf(subset.ports)) if (!port.protocol) port.protocol = 'TCP';
    }
  },
  validate: (object) =>
    recordsOf(object.subsets).flatMap((subset, index) => {
      const path = `subsets[${index}]`;
      const all = [...recordsOf(subset.addresses), ...recordsOf(subset.notReadyAddresses)];
      if (all.length === 0) return [field.required(path, 'must specify `addresses` or `notReadyAddresses`')];
      return all.flatMap((address, inner) => addressErrors(address, `${path}.addresses[${inner}].ip`));
    }),
};

function addressErrors(address: Fields, path: string): FieldError[] {
  const ip = textOf(address.ip);
  const problem = specialProblem(ip);
  return problem === undefined ? [] : [field.invalid(path, ip, problem)];
}

export const endpointSlices: Strategy = {
  defaults: (slice) => {
    for (const port of recordsOf(slice.ports)) {
      port.name ??= '';
      port.protocol ??= 'TCP';
    }
  },
  validate: (slice) => {
    const types = ['FQDN', 'IPv4', 'IPv6'];
    if (!slice.addressType) return [field.required('addressType')];
    if (!types.includes(textOf(slice.addressType))) {
      return [field.unsupported('addressType', slice.addressType, types)];
    }
    return recordsOf(slice.endpoints).flatMap((endpoint, index) => {
      const hostname = textOf(endpoint.hostname);
      const problem = hostname === '' ? undefined : labelProblem(hostname);
      return problem === undefined ? [] : [field.invalid(`endpoints[${index}].hostname`, hostname, problem)];
    });
  },
  validateUpdate: (slice, before) =>
    slice.addressType === before.addressType
      ? []
      : [field.invalid('addressType', slice.addressType, 'field is immutable')],
};

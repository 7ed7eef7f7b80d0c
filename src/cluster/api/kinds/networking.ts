import type { ApiObject } from '../../store/objects.ts';
import { type FieldError, field } from '../request/errors.ts';
import { at, child, type Fields, isRecord, recordOf, recordsOf, textOf, textsOf } from '../values.ts';
import { isStrictSubset, networkProblem } from './addresses.ts';
import { serviceNameProblem, subdomainProblem } from './names.ts';
import { portProblem } from './numbers.ts';
import { protocols } from './pod-validation.ts';
import type { Strategy } from './strategy.ts';
import { selectorErrors } from './workloads.ts';

export const networkPolicies: Strategy = {
  defaults: (policy) => {
    const spec = child(policy, 'spec');
    spec.podSelector ??= {};
    const egress = Array.isArray(spec.egress) && spec.egress.length > 0;
    if (textsOf(spec.policyTypes).length === 0)
      spec.policyTypes = egress ? ['Ingress', 'Egress'] : ['Ingress'];
    for (const rule of [...recordsOf(spec.ingress), ...recordsOf(spec.egress)]) {
      for (const port of recordsOf(rule.ports)) if (!port.protocol) port.protocol = 'TCP';
    }
  },
  validate: (policy) => {
    const spec = at(policy, 'spec');
    const types = ['Egress', 'Ingress'];
    return [
      ...selectorErrors(recordOf(spec.podSelector), 'spec.podSelector'),
      ...textsOf(spec.policyTypes).flatMap((type, index) =>
        types.includes(type) ? [] : [field.unsupported(`spec.policyTypes[${index}]`, type, types)],
      ),
      ...ruleErrors(recordsOf(spec.ingress), 'spec.ingress', 'from'),
      ...ruleErrors(recordsOf(spec.egress), 'spec.egress', 'to'),
    ];
  },
};

function ruleErrors(rules: Fields[], path: string, peers: string): FieldError[] {
  return rules.flatMap((rule, index) => [
    ...recordsOf(rule[peers]).flatMap((peer, inner) =>
      peerErrors(peer, `${path}[${index}].${peers}[${inner}]`),
    ),
    ...recordsOf(rule.ports).flatMap((port, inner) =>
      policyPortErrors(port, `${path}[${index}].ports[${inner}]`),
    ),
  ]);
}

function peerErrors(peer: Fields, path: string): FieldError[] {
  if (Object.keys(peer).length === 0) return [field.required(path, 'must specify a peer')];
  if (peer.ipBlock === undefined) return [];
  if (Object.keys(peer).length > 1) {
    return [field.forbidden(path, 'may not specify both ipBlock and another peer')];
  }
  const { cidr } = at(peer, 'ipBlock');
  if (textOf(cidr) === '') return [field.required(`${path}.ipBlock.cidr`)];
  const wrong = networkProblem(textOf(cidr));
  if (wrong !== undefined) return [field.invalid(`${path}.ipBlock.cidr`, cidr, wrong)];
  return textsOf(at(peer, 'ipBlock').except).flatMap((one, index) => {
    const subset = isStrictSubset(one, textOf(cidr)) ? undefined : 'must be a strict subset of `cidr`';
    const problem = networkProblem(one) ?? subset;
    return problem === undefined ? [] : [field.invalid(`${path}.ipBlock.except[${index}]`, one, problem)];
  });
}

function policyPortErrors(port: Fields, path: string): FieldError[] {
  if (!protocols.includes(textOf(port.protocol))) {
    return [field.unsupported(`${path}.protocol`, port.protocol, protocols)];
  }
  const problem = typeof port.port === 'number' ? portProblem(port.port) : undefined;
  return [
    ...(problem === undefined ? [] : [field.invalid(`${path}.port`, port.port, problem)]),
    ...endPortErrors(port, `${path}.endPort`),
  ];
}

function endPortErrors({ port, endPort }: Fields, path: string): FieldError[] {
  if (typeof endPort !== 'number') return [];
  if (typeof port !== 'number') {
    const why = port === undefined ? 'not specified' : 'non-numeric';
    return [field.invalid(path, endPort, `may not be specified when \`port\` is ${why}`)];
  }
  const errors: FieldError[] = [];
  // The API server shows the port here, not the end.
  if (endPort < port) errors.push(field.invalid(path, port, 'must be greater than or equal to `port`'));
  const problem = portProblem(endPort);
  if (problem !== undefined) errors.push(field.invalid(path, endPort, problem));
  return errors;
}

const pathTypes = ['Exact', 'ImplementationSpecific', 'Prefix'];

export const ingresses: Strategy = {
  prepareCreate: (ingress) => {
    ingress.status = { loadBalancer: {} };
  },
  validate: (ingress) => {
    const spec = at(ingress, 'spec');
    const rules = recordsOf(spec.rules);
    if (rules.length === 0 && spec.defaultBackend === undefined) {
      return [field.invalid('spec', spec, 'either `defaultBackend` or `rules` must be specified')];
    }
    return [
      ...(spec.defaultBackend === undefined
        ? []
        : backendErrors(recordOf(spec.defaultBackend), 'spec.defaultBackend')),
      ...rules.flatMap((rule, index) => ingressRuleErrors(rule, `spec.rules[${index}]`)),
    ];
  },
};

function ingressRuleErrors(rule: Fields, path: string): FieldError[] {
  const host = textOf(rule.host);
  const errors: FieldError[] = [];
  const problem = host === '' ? undefined : subdomainProblem(host.replace(/^\*\./, ''));
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) {
    errors.push(field.invalid(`${path}.host`, host, 'must be a DNS name, not an IP address'));
  } else if (problem !== undefined) errors.push(field.invalid(`${path}.host`, host, problem));
  if (!isRecord(rule.http)) return errors;
  const paths = recordsOf(rule.http.paths);
  if (paths.length === 0) errors.push(field.required(`${path}.http.paths`));
  return [...errors, ...paths.flatMap((one, index) => pathErrors(one, `${path}.http.paths[${index}]`))];
}

function pathErrors(one: Fields, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const text = textOf(one.path);
  if (one.pathType === undefined)
    errors.push(field.required(`${path}.pathType`, 'pathType must be specified'));
  else if (!pathTypes.includes(textOf(one.pathType))) {
    errors.push(field.unsupported(`${path}.pathType`, one.pathType, pathTypes));
  } else if (!text.startsWith('/') && (one.pathType !== 'ImplementationSpecific' || text !== '')) {
    errors.push(field.invalid(`${path}.path`, text, 'must be an absolute path'));
  }
  return [...errors, ...backendErrors(recordOf(one.backend), `${path}.backend`)];
}

function backendErrors(backend: Fields, path: string): FieldError[] {
  if (backend.resource !== undefined) return [];
  const service = recordOf(backend.service);
  const name = textOf(service.name);
  if (name === '') return [field.required(`${path}.service.name`)];
  const problem = serviceNameProblem(name);
  if (problem !== undefined) return [field.invalid(`${path}.service.name`, name, problem)];
  const port = recordOf(service.port);
  if (port.name === undefined && port.number === undefined) {
    return [field.required(path, 'port name or number is required')];
  }
  if (port.name !== undefined && port.number !== undefined) {
    return [field.invalid(path, '', 'cannot set both port name & port number')];
  }
  const number = port.number === undefined ? undefined : portProblem(port.number);
  return number === undefined ? [] : [field.invalid(`${path}.service.port.number`, port.number, number)];
}

export const ingressClasses: Strategy = {
  validate: (object: ApiObject) =>
    textOf(at(object, 'spec').controller) === '' ? [field.required('spec.controller')] : [],
  validateUpdate: (object, before) => {
    const { controller } = at(object, 'spec');
    if (controller === at(before, 'spec').controller) return [];
    return [field.invalid('spec.controller', controller, 'field is immutable')];
  },
};

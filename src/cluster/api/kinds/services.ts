import type { ApiObject } from '../../store/objects.ts';
import { type FieldError, field } from '../request/errors.ts';
import { at, child, type Fields, recordsOf, textOf, textsOf } from '../values.ts';
import { networkProblem, specialProblem } from './addresses.ts';
import { serviceNameProblem, subdomainProblem } from './names.ts';
import { portProblem } from './numbers.ts';
import { protocols } from './pod-validation.ts';
import type { Strategy } from './strategy.ts';

const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];

export const services: Strategy = {
  name: 'service',
  defaults: (service) => {
    const spec = child(service, 'spec');
    if (!spec.type) spec.type = 'ClusterIP';
    spec.sessionAffinity ||= 'None';
    if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
    else {
      const client = child(child(spec, 'sessionAffinityConfig'), 'clientIP');
      client.timeoutSeconds ??= 10800;
    }
    for (const port of recordsOf(spec.ports)) {
      if (!port.protocol) port.protocol = 'TCP';
      if (port.targetPort === undefined || port.targetPort === 0 || port.targetPort === '')
        port.targetPort = port.port;
    }
    if (spec.type === 'ExternalName') return;
    const outside = spec.type === 'NodePort' || spec.type === 'LoadBalancer';
    if (outside) spec.externalTrafficPolicy ||= 'Cluster';
    spec.internalTrafficPolicy ||= 'Cluster';
    if (spec.type === 'LoadBalancer') spec.allocateLoadBalancerNodePorts ??= true;
    spec.ipFamilyPolicy ||= 'SingleStack';
    spec.ipFamilies ??= ['IPv4'];
  },
  prepareCreate: (service) => {
    service.status = { loadBalancer: {} };
  },
  validate: (service) => serviceErrors(at(service, 'spec')),
  validateUpdate: (service, before) => {
    const now = at(service, 'spec');
    const then = at(before, 'spec');
    const both = now.type !== 'ExternalName' && then.type !== 'ExternalName';
    if (!both || !then.clusterIP || !now.clusterIP || now.clusterIP === then.clusterIP) return [];
    const detail = 'may not change once set';
    return [field.invalid('spec.clusterIPs[0]', [now.clusterIP], detail)];
  },
};

function serviceErrors(spec: Fields): FieldError[] {
  const errors: FieldError[] = [];
  const ports = recordsOf(spec.ports);
  const headless = spec.clusterIP === 'None';
  if (ports.length === 0 && !headless && spec.type !== 'ExternalName') {
    errors.push(field.required('spec.ports'));
  }
  if (!types.includes(textOf(spec.type))) errors.push(field.unsupported('spec.type', spec.type, types));
  if (spec.type === 'ExternalName') errors.push(...externalNameErrors(spec));
  if (headless && spec.type !== 'ClusterIP') {
    errors.push(
      field.invalid('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${spec.type} services`),
    );
  }
  const affinity = ['ClientIP', 'None'];
  if (!affinity.includes(textOf(spec.sessionAffinity))) {
    errors.push(field.unsupported('spec.sessionAffinity', spec.sessionAffinity, affinity));
  }
  for (const name of ['externalTrafficPolicy', 'internalTrafficPolicy']) {
    const value = textOf(spec[name]);
    if (value !== '' && !['Cluster', 'Local'].includes(value)) {
      errors.push(field.unsupported(`spec.${name}`, value, ['Cluster', 'Local']));
    }
  }
  const outside = spec.type === 'NodePort' || spec.type === 'LoadBalancer';
  if (textOf(spec.externalTrafficPolicy) !== '' && !outside && textsOf(spec.externalIPs).length === 0) {
    const detail = 'may only be set for externally-accessible services';
    errors.push(field.invalid('spec.externalTrafficPolicy', spec.externalTrafficPolicy, detail));
  }
  for (const [index, ip] of textsOf(spec.externalIPs).entries()) {
    const problem = specialProblem(ip);
    if (problem !== undefined) errors.push(field.invalid(`spec.externalIPs[${index}]`, ip, problem));
  }
  return [...errors, ...settingErrors(spec), ...portErrors(ports, textOf(spec.type))];
}

/** Session affinity, the ranges of clients of a balancer. */
function settingErrors(spec: Fields): FieldError[] {
  const errors: FieldError[] = [];
  const seconds = at(at(spec, 'sessionAffinityConfig'), 'clientIP').timeoutSeconds;
  if (typeof seconds === 'number' && (seconds <= 0 || seconds > 86400)) {
    const detail = 'must be greater than 0 and less than 86400';
    errors.push(field.invalid('spec.sessionAffinityConfig.clientIP.timeoutSeconds', seconds, detail));
  }
  const path = 'spec.LoadBalancerSourceRanges';
  const ranges = textsOf(spec.loadBalancerSourceRanges);
  if (ranges.length > 0 && spec.type !== 'LoadBalancer')
    errors.push(field.forbidden(path, "may only be used when `type` is 'LoadBalancer'"));
  for (const [index, range] of ranges.entries()) {
    const problem = networkProblem(range.trim());
    if (problem !== undefined) errors.push(field.invalid(`${path}[${index}]`, range.trim(), problem));
  }
  return errors;
}

function externalNameErrors(spec: Fields): FieldError[] {
  const name = textOf(spec.externalName);
  if (name === '') return [field.required('spec.externalName')];
  const problem = subdomainProblem(name.replace(/\.$/, ''));
  return problem === undefined ? [] : [field.invalid('spec.externalName', name, problem)];
}

function portErrors(ports: Fields[], type: string): FieldError[] {
  const names = new Set<string>();
  const numbers = new Set<string>();
  return ports.flatMap((port, index) => {
    const path = `spec.ports[${index}]`;
    const errors: FieldError[] = [];
    const name = textOf(port.name);
    if (name === '' && ports.length > 1) errors.push(field.required(`${path}.name`));
    const problem = name === '' ? undefined : serviceNameProblem(`a${name}`);
    if (problem !== undefined) errors.push(field.invalid(`${path}.name`, name, problem));
    if (name !== '' && names.has(name)) errors.push(field.duplicate(`${path}.name`, name));
    names.add(name);
    const wrong = portProblem(port.port);
    if (wrong !== undefined) errors.push(field.invalid(`${path}.port`, port.port ?? 0, wrong));
    if (!protocols.includes(textOf(port.protocol))) {
      errors.push(field.unsupported(`${path}.protocol`, port.protocol, protocols));
    }
    const target = typeof port.targetPort === 'number' ? portProblem(port.targetPort) : undefined;
    if (target !== undefined) errors.push(field.invalid(`${path}.targetPort`, port.targetPort, target));
    if (port.nodePort && type === 'ClusterIP') {
      errors.push(field.forbidden(`${path}.nodePort`, "may not be used when `type` is 'ClusterIP'"));
    }
    const number = `${port.protocol} ${port.port}`;
    if (numbers.has(number)) errors.push(field.duplicate(path, { port: port.port, protocol: port.protocol }));
    numbers.add(number);
    return errors;
  });
}

/** Addresses and node ports that a service holds. */
export function heldBy(service: ApiObject): {
  ips: string[];
  nodePorts: { port: number; protocol: string }[];
} {
  const spec = at(service, 'spec');
  const ips = [...new Set([textOf(spec.clusterIP), ...textsOf(spec.clusterIPs)])];
  const nodePorts = recordsOf(spec.ports).flatMap((port) =>
    typeof port.nodePort === 'number' && port.nodePort > 0
      ? [{ port: port.nodePort, protocol: textOf(port.protocol) }]
      : [],
  );
  if (typeof spec.healthCheckNodePort === 'number')
    nodePorts.push({ port: spec.healthCheckNodePort, protocol: 'TCP' });
  return { ips: ips.filter((ip) => ip !== '' && ip !== 'None'), nodePorts };
}

/** A port that an update does not give a node port keeps the one it had, by name or by number. */
export function keepNodePorts(spec: Fields, had: Fields): void {
  if (spec.type !== 'NodePort' && spec.type !== 'LoadBalancer') {
    // As the API server does where the type changes and these fields were not touched.
    if (had.type === spec.type) return;
    for (const port of recordsOf(spec.ports)) delete port.nodePort;
    for (const name of ['externalTrafficPolicy', 'healthCheckNodePort', 'allocateLoadBalancerNodePorts'])
      if (spec[name] === had[name]) delete spec[name];
    return;
  }
  for (const port of recordsOf(spec.ports)) {
    const same = recordsOf(had.ports).find((one) => one.port === port.port && one.protocol === port.protocol);
    if (!port.nodePort && same?.nodePort) port.nodePort = same.nodePort;
  }
}

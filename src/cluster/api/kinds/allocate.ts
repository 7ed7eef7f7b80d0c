import { type FieldError, field } from '../request/errors.ts';
import { type Fields, recordsOf, textOf } from '../values.ts';

export interface Ranges {
  /** The first two numbers of a /16 that clusters have their services in. */
  serviceCidr: string;
  firstNodePort: number;
  lastNodePort: number;
}

export const defaultRanges: Ranges = {
  serviceCidr: '10.96.0.0/12',
  firstNodePort: 30000,
  lastNodePort: 32767,
};

export interface Held {
  ips: ReadonlySet<string>;
  /** `TCP 30080` */
  nodePorts: ReadonlySet<string>;
}

/** Gives a service the address and the node ports that it lacks. `random` is below 1. */
export function allocate(spec: Fields, held: Held, ranges: Ranges, random: () => number): FieldError[] {
  if (spec.type === 'ExternalName') {
    delete spec.clusterIP;
    delete spec.clusterIPs;
    return [];
  }
  return [...allocateAddress(spec, held, ranges, random), ...allocatePorts(spec, held, ranges, random)];
}

function allocateAddress(
  spec: Fields,
  held: Held,
  { serviceCidr }: Ranges,
  random: () => number,
): FieldError[] {
  const [base, size] = cidr(serviceCidr);
  const wanted = textOf(spec.clusterIP);
  if (wanted === 'None') {
    spec.clusterIPs = ['None'];
    return [];
  }
  if (wanted === '') {
    let address = '';
    do address = dotted(base + 1 + Math.floor(random() * (size - 2)));
    while (held.ips.has(address));
    spec.clusterIP = address;
    spec.clusterIPs = [address];
    return [];
  }
  spec.clusterIPs = [wanted];
  const value = parsed(wanted);
  if (value === undefined) {
    const detail = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
    return [field.invalid('spec.clusterIPs[0]', wanted, detail)];
  }
  const refused = (why: string) => [
    field.invalid('spec.clusterIPs', [wanted], `failed to allocate IP ${wanted}: ${why}`),
  ];
  if (value <= base || value >= base + size - 1) {
    return refused(
      `the provided IP (${wanted}) is not in the valid range. The range of valid IPs is ${serviceCidr}`,
    );
  }
  return held.ips.has(wanted) ? refused('provided IP is already allocated') : [];
}

function allocatePorts(spec: Fields, held: Held, ranges: Ranges, random: () => number): FieldError[] {
  const without = spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts === false;
  if (spec.type !== 'NodePort' && spec.type !== 'LoadBalancer') {
    for (const port of recordsOf(spec.ports)) if (port.nodePort === 0) delete port.nodePort;
    delete spec.healthCheckNodePort;
    return [];
  }
  const taken = new Set(held.nodePorts);
  const free = (protocol: string): number => {
    const { firstNodePort, lastNodePort } = ranges;
    for (;;) {
      const port = firstNodePort + Math.floor(random() * (lastNodePort - firstNodePort + 1));
      if (!taken.has(`${protocol} ${port}`)) return port;
    }
  };
  const errors: FieldError[] = [];
  for (const [index, port] of recordsOf(spec.ports).entries()) {
    const protocol = textOf(port.protocol);
    if (!port.nodePort && without) continue;
    if (!port.nodePort) port.nodePort = free(protocol);
    else
      errors.push(
        ...portErrors(Number(port.nodePort), protocol, `spec.ports[${index}].nodePort`, taken, ranges),
      );
    taken.add(`${protocol} ${port.nodePort}`);
  }
  if (spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local')
    spec.healthCheckNodePort ||= free('TCP');
  else delete spec.healthCheckNodePort;
  return errors;
}

function portErrors(
  port: number,
  protocol: string,
  path: string,
  taken: ReadonlySet<string>,
  { firstNodePort, lastNodePort }: Ranges,
): FieldError[] {
  if (port < firstNodePort || port > lastNodePort) {
    const range = `${firstNodePort}-${lastNodePort}`;
    const detail = `provided port is not in the valid range. The range of valid ports is ${range}`;
    return [field.invalid(path, port, detail)];
  }
  return taken.has(`${protocol} ${port}`)
    ? [field.invalid(path, port, 'provided port is already allocated')]
    : [];
}

function cidr(text: string): [base: number, size: number] {
  const [address = '', length = '32'] = text.split('/');
  return [parsed(address) ?? 0, 2 ** (32 - Number(length))];
}

function parsed(address: string): number | undefined {
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

function dotted(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

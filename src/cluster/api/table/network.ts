import { at, type Fields, recordOf, recordsOf, stringsOf, textOf, textsOf } from '../values.ts';
import { age } from './duration.ts';
import { labelsText, type Printer, printer } from './printer.ts';
import { selectorText } from './workloads.ts';

export const networkPrinters: Record<string, Printer> = {
  services: printer('Name|Type|Cluster-IP|External-IP|Port(s)|Age|*Selector', (service, now) => {
    const spec = at(service, 'spec');
    return [
      service.metadata.name,
      spec.type,
      textOf(spec.clusterIP) || '<none>',
      externalIp(service),
      servicePorts(recordsOf(spec.ports)),
      age(service, now),
      labelsText(stringsOf(spec.selector)),
    ];
  }),
  endpoints: printer('Name|Endpoints|Age', (object, now) => [
    object.metadata.name,
    endpointsText(recordsOf(object.subsets)),
    age(object, now),
  ]),
  'endpointslices.discovery.k8s.io': printer('Name|AddressType|Ports|Endpoints|Age', (slice, now) => {
    const ports = recordsOf(slice.ports).map((port) => (port.port === undefined ? '*' : String(port.port)));
    const addresses = recordsOf(slice.endpoints).flatMap((one) => textsOf(one.addresses));
    return [
      slice.metadata.name,
      slice.addressType,
      some(ports, '<unset>'),
      some(addresses, '<unset>'),
      age(slice, now),
    ];
  }),
  'ingresses.networking.k8s.io': printer('Name|Class|Hosts|Address|Ports|Age', (ingress, now) => {
    const spec = at(ingress, 'spec');
    const hosts = recordsOf(spec.rules).map((rule) => textOf(rule.host) || '*');
    const balancers = recordsOf(at(ingress, 'status', 'loadBalancer').ingress);
    return [
      ingress.metadata.name,
      textOf(spec.ingressClassName) || '<none>',
      hosts.length === 0 ? '*' : some(hosts, '*'),
      balancers.map((one) => textOf(one.ip) || textOf(one.hostname)).join(','),
      recordsOf(spec.tls).length > 0 ? '80, 443' : '80',
      age(ingress, now),
    ];
  }),
  'ingressclasses.networking.k8s.io': printer('Name|Controller|Parameters|Age', (object, now) => {
    const { controller, parameters } = at(object, 'spec');
    const { apiGroup, kind, name } = recordOf(parameters);
    const group = textOf(apiGroup) === '' ? '' : `.${apiGroup}`;
    const target = parameters === undefined ? '<none>' : `${kind}${group}/${name}`;
    return [object.metadata.name, controller, target, age(object, now)];
  }),
  'networkpolicies.networking.k8s.io': printer('Name|Pod-Selector|Age', (policy, now) => [
    policy.metadata.name,
    selectorText(at(policy, 'spec').podSelector),
    age(policy, now),
  ]),
};

/** The first three, and how many more. */
function some(items: string[], none: string): string {
  if (items.length === 0) return none;
  if (items.length <= 3) return items.join(',');
  return `${items.slice(0, 3).join(',')} + ${items.length - 3} more...`;
}

function endpointsText(subsets: Fields[]): string {
  const all = subsets.flatMap((subset) => {
    const ips = recordsOf(subset.addresses).map((one) => textOf(one.ip));
    const ports = recordsOf(subset.ports);
    if (ports.length === 0) return ips;
    return ports.flatMap((port) => ips.map((ip) => `${ip}:${port.port}`));
  });
  return some(all, '<none>');
}

function servicePorts(ports: Fields[]): string {
  if (ports.length === 0) return '<none>';
  return ports
    .map((port) =>
      port.nodePort ? `${port.port}:${port.nodePort}/${port.protocol}` : `${port.port}/${port.protocol}`,
    )
    .join(',');
}

function externalIp(service: unknown): string {
  const spec = at(service, 'spec');
  const external = textsOf(spec.externalIPs);
  if (spec.type === 'ExternalName') return textOf(spec.externalName);
  if (spec.type !== 'LoadBalancer') return external.length === 0 ? '<none>' : external.join(',');
  const ingress = recordsOf(at(service, 'status', 'loadBalancer').ingress);
  const all = [...ingress.map((one) => textOf(one.ip) || textOf(one.hostname)), ...external];
  return all.length === 0 ? '<pending>' : all.join(',');
}

import { endpointsOf } from './endpoints.ts';
import type { EndpointSlice, Service } from './objects.ts';
import type { ProxyOptions } from './options.ts';
import { type Front, fronts } from './service-ports.ts';

/** One UDP entry of conntrack: the header of the first packet, and where the reply comes from. */
export interface Flow {
  source: string;
  destination: string;
  sourcePort: number;
  destinationPort: number;
  replySource: string;
  replySourcePort: number;
}

/** UDP has no end of a connection: an entry leads to its endpoint as long as the client keeps sending. */
interface UdpService {
  addresses: string[];
  port: number;
  nodePort: number | null;
  /** `ip:port` of endpoints that still serve. */
  serving: string[];
}

export function udpServices(
  services: readonly Service[],
  slices: readonly EndpointSlice[],
  options: ProxyOptions,
): UdpService[] {
  return fronts(services, options)
    .filter(({ protocol }) => protocol === 'udp')
    .map((front) => {
      // Neither policies nor hints count: a change of the service leaves the flows that there are, as for TCP.
      const serving = endpointsOf(front, slices, options).filter((each) => each.serving);
      return {
        addresses: addressesOf(front),
        port: front.port,
        nodePort: front.nodePort,
        serving: serving.map(({ text }) => text),
      };
    });
}

const addressesOf = ({ clusterIP, externalIPs, balancerIPs }: Front): string[] => [
  clusterIP,
  ...externalIPs,
  ...balancerIPs,
];

/** Flows to a service that do not go to one of its endpoints. A service without endpoints keeps its flows. */
export function staleFlows(flows: readonly Flow[], services: readonly UdpService[]): Flow[] {
  return flows.filter(({ destination, destinationPort, replySource, replySourcePort }) =>
    services
      .filter(({ serving }) => serving.length > 0)
      .filter(
        ({ addresses, port, nodePort }) =>
          (addresses.includes(destination) && destinationPort === port) || destinationPort === nodePort,
      )
      .some(({ serving }) => !serving.includes(`${replySource}:${replySourcePort}`)),
  );
}

/** Lines of `conntrack -L -p udp`: the first header, then the one expected of the reply. */
export function flowsIn(text: string): Flow[] {
  return text.split('\n').flatMap((line) => {
    const values = (key: string) =>
      [...line.matchAll(new RegExp(`\\b${key}=(\\S+)`, 'g'))].map(([, one]) => one);
    const [[source, replySource], [destination], [sourcePort, replySourcePort], [destinationPort]] = [
      values('src'),
      values('dst'),
      values('sport'),
      values('dport'),
    ] as const;
    if (source === undefined || destination === undefined || replySource === undefined) return [];
    return [
      {
        ...{ source, destination, replySource },
        sourcePort: Number(sourcePort),
        destinationPort: Number(destinationPort),
        replySourcePort: Number(replySourcePort),
      },
    ];
  });
}

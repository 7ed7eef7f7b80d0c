import { routed, type Situation } from './causes.ts';

const fromC = { from: 'c', to: '10.0.2.2' };
const web = { kind: 'tcp', port: 80 } as const;

/** Networks whose end was written down before they were run. */
export const blindSituations: Record<string, Situation> = {
  'a route for one type of service, whose gateway nobody is': {
    done: `${routed} ip -n c route add 10.0.2.0/24 tos 0x10 via 10.0.1.9`,
    ...{ ...fromC, probe: { kind: 'icmp', tos: 0x10 }, end: 'dropped neighbour-silent c', cured: true },
    says: /ip -n c route replace 10\.0\.2\.0\/24 tos 0x10 via 10\.0\.1\.1/,
  },
  'a port of several that one rule of iptables drops': {
    done: `${routed} serve s 80; iptables -A FORWARD -p tcp -m multiport --dports 80,443 -j DROP`,
    ...{ ...fromC, probe: web, end: 'dropped dropped-by-rule host', cured: true },
    says: /`-A FORWARD -p tcp -m multiport --dports 80,443 -j DROP`, rule 1 of filter FORWARD/,
  },
};

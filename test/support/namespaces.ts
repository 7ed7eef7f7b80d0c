import type { LinkSpec, NodeSpec, Spec } from './observation.ts';

/**
 * The documents' container network, finished: red and blue on the bridge v-net-0 of the host, the host on a LAN
 * whose switch is the router, the internet behind it.
 */
export function namespaces(): World {
  return new World({
    host: {
      links: {
        eth0: { peer: 'router:lan1', addresses: ['192.168.1.2/24'] },
        'v-net-0': { kind: 'bridge', addresses: ['192.168.15.5/24'] },
        'veth-red-br': { master: 'v-net-0' },
        'veth-blue-br': { master: 'v-net-0' },
      },
      routes: ['default via 192.168.1.1'],
      sysctls: { 'net.ipv4.ip_forward': '1' },
      rules: { nat: ['-A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE'] },
    },
    red: {
      links: { 'veth-red': { peer: 'host:veth-red-br', addresses: ['192.168.15.1/24'] } },
      loDown: true,
    },
    blue: {
      links: { 'veth-blue': { peer: 'host:veth-blue-br', addresses: ['192.168.15.2/24'] } },
      routes: ['default via 192.168.15.5'],
      listeners: ['tcp 0.0.0.0:80'],
      loDown: true,
    },
    lan: {
      kind: 'host',
      links: { eth0: { peer: 'router:lan2', addresses: ['192.168.1.3/24'] } },
      listeners: ['tcp 0.0.0.0:80', 'tcp [::]:80'],
    },
    router: {
      kind: 'host',
      links: {
        lan1: { master: 'br-lan' },
        lan2: { master: 'br-lan' },
        'br-lan': { kind: 'bridge', addresses: ['192.168.1.1/24'] },
        wan: { peer: 'internet:eth0', addresses: ['203.0.113.2/24'] },
      },
      routes: ['8.8.8.0/24 via 203.0.113.1'],
      sysctls: { 'net.ipv4.ip_forward': '1' },
      rules: { nat: ['-A POSTROUTING -s 192.168.1.0/24 -o wan -j MASQUERADE'] },
    },
    internet: {
      kind: 'host',
      links: { eth0: { addresses: ['203.0.113.1/24', '8.8.8.8/32'] } },
      listeners: ['tcp 0.0.0.0:80'],
    },
  });
}

/** a - r - b in IPv6: two networks and the router between them; a has the default route to it, and no IPv4. */
export function routed6(): World {
  return new World({
    a: {
      links: { ar: { peer: 'r:ra', addresses: ['fe80::a/64', 'fd00:1::1/64'] } },
      routes: ['default via fd00:1::2 dev ar'],
    },
    r: {
      links: {
        ra: { addresses: ['fe80::1/64', 'fd00:1::2/64'] },
        rb: { peer: 'b:bb', addresses: ['fe80::2/64', 'fd00:2::1/64'] },
      },
      sysctls: { 'net.ipv6.conf.all.forwarding': '1' },
    },
    b: {
      links: { bb: { addresses: ['fe80::b/64', 'fd00:2::2/64'] } },
      routes: ['default via fd00:2::1 dev bb'],
    },
  });
}

/** Nodes that tests change before they are observed. */
export class World {
  readonly spec: Spec;

  constructor(spec: Spec) {
    this.spec = spec;
  }

  /** Changes a node, made first if need be. */
  node(name: string, change: NodeSpec): this {
    this.spec[name] = { ...this.spec[name], ...change };
    return this;
  }

  /** Changes one link of a node. */
  link(node: string, name: string, change: LinkSpec): this {
    const before = this.spec[node] ?? {};
    const links = { ...before.links, [name]: { ...before.links?.[name], ...change } };
    this.spec[node] = { ...before, links };
    return this;
  }

  /** Takes a node, or a link of it, away. */
  without(node: string, link?: string): this {
    if (link === undefined) delete this.spec[node];
    else delete this.spec[node]?.links?.[link];
    return this;
  }
}

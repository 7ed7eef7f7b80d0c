import { address } from './address/kind.ts';
import { allPairs } from './all-pairs/kind.ts';
import { cached } from './cached/kind.ts';
import { command } from './command/kind.ts';
import { conntrackEntry } from './conntrack-entry/kind.ts';
import { distribution } from './distribution/kind.ts';
import { dns } from './dns/kind.ts';
import { fdb } from './fdb/kind.ts';
import { file } from './file/kind.ts';
import { http } from './http/kind.ts';
import { ipRule } from './ip-rule/kind.ts';
import { link } from './link/kind.ts';
import { listener } from './listener/kind.ts';
import { load } from './load/kind.ts';
import { mtu } from './mtu/kind.ts';
import { nat } from './nat/kind.ts';
import { neighbour } from './neighbour/kind.ts';
import { netns } from './netns/kind.ts';
import { ntp } from './ntp/kind.ts';
import { path } from './path/kind.ts';
import { ping } from './ping/kind.ts';
import { process } from './process/kind.ts';
import { resolve } from './resolve/kind.ts';
import { route } from './route/kind.ts';
import { routeGet } from './route-get/kind.ts';
import { rule } from './rule/kind.ts';
import { seen } from './seen/kind.ts';
import { smtp } from './smtp/kind.ts';
import { sysctl } from './sysctl/kind.ts';
import { tcp } from './tcp/kind.ts';
import { timeSource } from './time-source/kind.ts';
import { tls } from './tls/kind.ts';
import { vlan } from './vlan/kind.ts';

/** Every kind of check, by the key lab.yaml gives it: the one list. */
export const kinds = {
  netns,
  link,
  address,
  route,
  neighbour,
  sysctl,
  rule,
  ping,
  http,
  seen,
  path,
  nat,
  process,
  command,
  dns,
  resolve,
  cached,
  file,
  listener,
  tcp,
  tls,
  distribution,
  ntp,
  'time-source': timeSource,
  smtp,
  load,
  'conntrack-entry': conntrackEntry,
  'ip-rule': ipRule,
  'route-get': routeGet,
  fdb,
  vlan,
  mtu,
  'all-pairs': allPairs,
};

import type { Listener } from '../state/observation.ts';
import { after, type Tool } from './effect.ts';
import { withLink } from './state.ts';

/** `python3 -m http.server PORT [--bind ADDRESS]`: a server on TCP; a port that is taken is refused. */
export const python: Tool = ({ state }, words) => {
  if (words[0] !== '-m' || words[1] !== 'http.server') return 'unknown';
  const port = Number(words[2]);
  const address = after(words, '--bind') ?? '0.0.0.0';
  const whole = (one: string) => one === '0.0.0.0' || one === '::';
  // A socket for all of IPv6 only (`::`, where one for both is `*`) leaves the port to IPv4.
  const alike = (one: string) => one === '*' || one.includes(':') === address.includes(':');
  const taken = state.listeners.some(
    (one) =>
      one.protocol === 'tcp' &&
      one.port === port &&
      alike(one.address) &&
      (one.address === address || one.address === '*' || whole(one.address) || whole(address)),
  );
  const own = state.links.some(({ addresses }) => addresses.some((one) => one.address === address));
  if (taken || (!whole(address) && !own)) return 'refused';
  const made: Listener = { protocol: 'tcp', address, port, process: 'python3' };
  return { ...state, listeners: [...state.listeners, made] };
};

/** `nginx`: the machines' web server, on port 80 of every address; refused where the port is taken. */
export const nginx: Tool = ({ state }, words) => {
  if (words.length > 0) return 'unknown';
  if (state.listeners.some(({ protocol, port }) => protocol === 'tcp' && port === 80)) return 'refused';
  const made = ['0.0.0.0', '::'].map(
    (address): Listener => ({ protocol: 'tcp', address, port: 80, process: 'nginx' }),
  );
  return { ...state, listeners: [...state.listeners, ...made] };
};

/** `dnsmasq`, `unbound`: a name server on port 53 of every address; refused where the port is taken. */
export const nameServer =
  (process: string): Tool =>
  ({ state }, words) => {
    if (words.length > 0) return 'unknown';
    if (state.listeners.some(({ port }) => port === 53)) return 'refused';
    const made = (['udp', 'tcp'] as const).flatMap((protocol) =>
      ['0.0.0.0', '::'].map((address): Listener => ({ protocol, address, port: 53, process })),
    );
    return { ...state, listeners: [...state.listeners, ...made] };
  };

/** `tc qdisc del dev LINK root`: a link that has no queue of its own has none to delete. */
export const tc: Tool = ({ state }, words) => {
  const link = state.links.find(({ name }) => name === after(words, 'dev'));
  if (words[0] !== 'qdisc' || words[1] !== 'del' || words.at(-1) !== 'root') return 'unknown';
  if (link === undefined || link.queue === 'noqueue') return 'refused';
  return withLink(state, { ...link, queue: 'noqueue' });
};

import { useEffect, useState } from 'react';
import { fdbLines, linkDetails, nftLines, policyLines, settingLines } from '../../protocol/extras.ts';
import type { Link } from '../connection/link.ts';
import { runIn } from '../connection/run-in.ts';
import type { NodeState } from '../state/protocol-types.ts';
import { useWords } from '../words/use-words.ts';
import './facts.css';

/** So much of a part is shown; the tables have the others. */
const mostLines = 100;

interface Props {
  link: Link;
  session: string;
  node: string;
  state: NodeState;
  /** Only existing things, if room is short. */
  brief?: boolean;
}

/** A node's state as `ip`, `iptables-save -c`, `ss` and the resolver's files print it. */
export function NodeFacts({ link, session, node, state, brief = false }: Props) {
  const { words } = useWords();
  const { network } = words;
  const asked = useAsked(link, session, node, state);
  const routes = [...new Set(state.routes.filter(({ table }) => table !== 'local').map(({ text }) => text))];
  const neighbours = state.neighbours.map(
    ({ address, dev, mac, state: nud }) => `${address} dev ${dev} ${mac ?? ''} ${nud}`,
  );
  const sockets = state.listeners.map(
    ({ protocol, address, port, process }) =>
      `${protocol} ${address.includes(':') ? `[${address}]` : address}:${port} ${process ?? ''}`,
  );
  const links = state.links.map((each) => {
    const { name, up, carrier, mac, mtu, addresses } = each;
    return [
      `${name}: ${!up ? network.down : carrier ? network.up : network.noCarrier}, ${mac}, mtu ${mtu}`,
      ...addresses.map(({ address, prefix }) => `    ${address}/${prefix}`),
      ...linkDetails(each)
        .filter((detail) => !detail.startsWith('mtu '))
        .map((detail) => `    ${detail}`),
    ].join('\n');
  });
  const parts: [string, string[]][] = [
    ...(brief ? [] : [[network.interface, links] as [string, string[]]]),
    [network.routes, routes],
    ...there(network.policies, policyLines(state)),
    [network.neighbours, neighbours],
    ...there(network.fdb, fdbLines(state)),
    [network.rules, rulesIn(asked?.rules || state.rules.ipv4)],
    ...there('iptables-legacy', rulesIn(state.legacy.ipv4)),
    ...there('ip6tables-legacy', rulesIn(state.legacy.ipv6)),
    ...there(network.nft, nftLines(state)),
    [network.sockets, sockets],
    [network.resolver, asked?.names.trim() ? [asked.names.trim()] : []],
    [network.settings, settingLines(state)],
  ];
  return (
    <>
      {!brief && asked === null && <progress className="asking" aria-label={words.lab.working} />}
      {parts
        .filter(([, lines]) => !brief || lines.length > 0)
        .map(([title, lines]) => (
          <Part key={title} title={title} lines={lines} still={brief} />
        ))}
    </>
  );
}

/** A part that most nodes have nothing for. */
const there = (title: string, lines: string[]): [string, string[]][] =>
  lines.length === 0 ? [] : [[title, lines]];

function Part({ title, lines, still }: { title: string; lines: string[]; still: boolean }) {
  const { words } = useWords();
  return (
    <section className="part">
      <h3>{title}</h3>
      {lines.length === 0 ? (
        <p className="quiet">{words.network.none}</p>
      ) : (
        <pre tabIndex={still ? undefined : 0}>
          {lines.slice(0, mostLines).join('\n')}
          {lines.length > mostLines && `\n${words.network.tables.more(lines.length - mostLines)}`}
        </pre>
      )}
    </section>
  );
}

interface Asked {
  rules: string;
  names: string;
}

/**
 * The state that the observation lacks: counters of rules, and the resolver's files. Requested again on every
 * change.
 */
function useAsked(link: Link, session: string, node: string, state: NodeState): Asked | null {
  const [asked, setAsked] = useState<Asked | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another state of the node is the reason to ask again.
  useEffect(() => {
    let here = true;
    const ask = (argv: string[]) => runIn(link, session, node, argv).catch(() => '');
    void Promise.all([ask(['iptables-save', '-c']), ask(['cat', '/etc/resolv.conf', '/etc/hosts'])]).then(
      ([rules, names]) => {
        if (here) setAsked({ rules, names });
      },
    );
    return () => {
      here = false;
    };
  }, [link, session, node, state]);
  return asked;
}

/** Rules and the policies of chains; not the program's own remarks. */
function rulesIn(text: string): string[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#') && line !== 'COMMIT');
}

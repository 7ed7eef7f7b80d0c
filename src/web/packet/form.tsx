import { type FormEvent, useState } from 'react';
import type { KernelLink, Observation } from '../state/protocol-types.ts';
import type { Ends } from '../topology/hands.ts';
import type { PacketQuestion } from '../view/sent.ts';
import { useWords } from '../words/use-words.ts';
import { type ProbeKind, probeKinds, probeOf, usual } from './probe.ts';

interface Props {
  observation: Observation;
  ends: Ends;
  choose(ends: Partial<Ends>): void;
  busy: boolean;
  predict: boolean;
  setPredict(on: boolean): void;
  send(asked: PacketQuestion): void;
}

const hasAddress = ({ kind, addresses }: KernelLink) =>
  kind !== 'loopback' && addresses.some(({ scope }) => scope === 'global');

/** The source, the target, the kind of packet. */
export function PacketForm({ observation, ends, choose, busy, predict, setPredict, send }: Props) {
  const { words } = useWords();
  const { packet } = words;
  const nodes = Object.keys(observation.nodes);
  // A machine that only holds bridges has no address to send from.
  const sender = nodes.find((node) => observation.nodes[node]?.links.some(hasAddress)) ?? nodes[0] ?? 'host';
  const from = nodes.includes(ends.from) ? ends.from : sender;
  const { to } = ends;
  const [kind, setKind] = useState<ProbeKind>('icmp');
  const [detail, setDetail] = useState('');
  const probe = probeOf(kind, detail.trim());

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (probe) send({ from, to: to.trim(), probe });
  }

  return (
    <form className="packet-form" onSubmit={submit}>
      <label>
        {packet.from}
        <select value={from} onChange={({ target }) => choose({ from: target.value })}>
          {nodes.map((node) => (
            <option key={node}>{node}</option>
          ))}
        </select>
      </label>
      <label>
        {packet.to}
        <input
          value={to}
          list="packet-targets"
          required={kind !== 'http'}
          placeholder="192.168.1.3"
          onChange={({ target }) => choose({ to: target.value })}
        />
        <datalist id="packet-targets">
          {nodes.map((node) => (
            <option key={node} value={node} />
          ))}
        </datalist>
      </label>
      <label>
        {packet.probe}
        <select
          value={kind}
          onChange={({ target }) => {
            const chosen = probeKinds.find((each) => each === target.value) ?? 'icmp';
            setKind(chosen);
            setDetail(usual[chosen]);
          }}
        >
          {probeKinds.map((each) => (
            <option key={each} value={each}>
              {packet.kinds[each]}
            </option>
          ))}
        </select>
      </label>
      {kind !== 'icmp' && (
        <label>
          {packet.details[kind]}
          <input
            value={detail}
            required
            aria-invalid={probe === null || undefined}
            onChange={({ target }) => setDetail(target.value)}
          />
        </label>
      )}
      <label className="tick">
        <input type="checkbox" checked={predict} onChange={({ target }) => setPredict(target.checked)} />
        {packet.predict}
      </label>
      <button type="submit" className="primary" disabled={busy || !probe}>
        {packet.send}
      </button>
    </form>
  );
}

import { type FormEvent, useState } from 'react';
import { addressFor, gatewayFor, isAddress } from '../../core/play/suggest.ts';
import { perform } from '../view/hand.ts';
import { useWords } from '../words/use-words.ts';
import type { FormProps } from './add-form.tsx';
import { Choice } from './choice.tsx';

/** An address is suggested that fits the network the interface is in. */
export function AddressForm({ bench, observation }: FormProps) {
  const { play: words } = useWords().words;
  const [place, setPlace] = useState('');
  const [typed, setTyped] = useState<string | null>(null);
  const ends = Object.entries(observation.nodes).flatMap(([node, { links }]) =>
    links
      .filter(({ kind, master }) => kind !== 'loopback' && master === null)
      .map(({ name }) => ({ value: `${node} ${name}`, label: `${node}: ${name}` })),
  );
  const known = ends.some(({ value }) => value === place);
  const [node = '', link = ''] = place.split(' ');
  const address = typed ?? (known ? addressFor(observation, { node, link }) : '');

  function submit(event: FormEvent): void {
    event.preventDefault();
    perform({ bench, act: () => ({ act: 'address', node, link, address }) });
    setPlace('');
    setTyped(null);
  }
  return (
    <form className="tool" onSubmit={submit} aria-label={words.address}>
      <p className="tool-title">{words.address}</p>
      <div className="tool-row">
        <Choice label={words.interface} value={place} options={ends} choose={setPlace} />
        <label>
          {words.address}
          <input
            value={address}
            size={16}
            spellCheck={false}
            autoComplete="off"
            onChange={({ target }) => setTyped(target.value.trim())}
          />
        </label>
        <button type="submit" className="small" disabled={!known || !isAddress(address, true)}>
          {words.give}
        </button>
      </div>
    </form>
  );
}

/** By the router that the node can reach, where there is one. */
export function RouteForm({ bench, observation }: FormProps) {
  const { play: words } = useWords().words;
  const [node, setNode] = useState('');
  const [typed, setTyped] = useState<string | null>(null);
  const nodes = Object.keys(observation.nodes).map((name) => ({ value: name, label: name }));
  const known = nodes.some(({ value }) => value === node);
  const via = typed ?? (known ? (gatewayFor(observation, node) ?? '') : '');

  function submit(event: FormEvent): void {
    event.preventDefault();
    perform({ bench, act: () => ({ act: 'route', node, to: 'default', via }) });
    setNode('');
    setTyped(null);
  }
  return (
    <form className="tool" onSubmit={submit} aria-label={words.route}>
      <p className="tool-title">{words.route}</p>
      <div className="tool-row">
        <Choice label={words.node} value={node} options={nodes} choose={setNode} />
        <label>
          {words.via}
          <input
            value={via}
            size={16}
            spellCheck={false}
            autoComplete="off"
            onChange={({ target }) => setTyped(target.value.trim())}
          />
        </label>
        <button type="submit" className="small" disabled={!known || !isAddress(via, false)}>
          {words.routeAdd}
        </button>
      </div>
    </form>
  );
}

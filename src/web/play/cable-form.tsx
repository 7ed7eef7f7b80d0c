import { type FormEvent, useState } from 'react';
import type { Plug } from '../../core/play/act.ts';
import type { Observation } from '../state/protocol-types.ts';
import { perform } from '../view/hand.ts';
import { useWords } from '../words/use-words.ts';
import type { FormProps } from './add-form.tsx';
import { Choice } from './choice.tsx';

/** The same as from plug to plug on the picture, for the keyboard. */
export function CableForm({ bench, observation }: FormProps) {
  const { play: words } = useWords().words;
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const plugs = plugsIn(observation).map(({ node, bridge }) => ({
    value: `${node} ${bridge ?? ''}`,
    label: bridge === null ? node : words.bridgeOf(node === 'host' ? bridge : `${node}: ${bridge}`),
  }));
  const there = (value: string) => plugs.some((plug) => plug.value === value);

  function submit(event: FormEvent): void {
    event.preventDefault();
    perform({ bench, act: () => ({ act: 'cable', from: plugOf(from), to: plugOf(to) }) });
    setTo('');
  }
  return (
    <form className="tool" onSubmit={submit} aria-label={words.cable}>
      <p className="tool-title">{words.cable}</p>
      <div className="tool-row">
        <Choice label={words.from} value={from} options={plugs} choose={setFrom} />
        <Choice
          label={words.to}
          value={to}
          options={plugs.filter(({ value }) => value !== from)}
          choose={setTo}
        />
        <button type="submit" className="small" disabled={!there(from) || !there(to) || from === to}>
          {words.join}
        </button>
      </div>
    </form>
  );
}

export function RemoveForm({ bench, observation }: FormProps) {
  const { play: words } = useWords().words;
  const [what, setWhat] = useState('');
  const options = Object.entries(observation.nodes).flatMap(([node, { links }]) => [
    ...(node === 'host' ? [] : [{ value: node, label: node }]),
    ...links
      .filter(({ kind }) => kind !== 'loopback')
      .map(({ name }) => ({ value: `${node} ${name}`, label: `${node}: ${name}` })),
  ]);

  function submit(event: FormEvent): void {
    event.preventDefault();
    const [node = '', link] = what.split(' ');
    perform({ bench, act: () => (link ? { act: 'cut', node, link } : { act: 'remove', node }) });
    setWhat('');
  }
  return (
    <form className="tool" onSubmit={submit} aria-label={words.remove}>
      <p className="tool-title">{words.remove}</p>
      <div className="tool-row">
        <Choice label={words.what} value={what} options={options} choose={setWhat} />
        <button type="submit" className="small" disabled={!options.some(({ value }) => value === what)}>
          {words.removeIt}
        </button>
      </div>
    </form>
  );
}

const plugsIn = ({ nodes }: Observation): Plug[] =>
  Object.entries(nodes).flatMap(([node, { links }]) => [
    { node, bridge: null },
    ...links.filter(({ kind }) => kind === 'bridge').map(({ name }) => ({ node, bridge: name })),
  ]);

function plugOf(value: string): Plug {
  const [node = '', bridge = ''] = value.split(' ');
  return { node, bridge: bridge === '' ? null : bridge };
}

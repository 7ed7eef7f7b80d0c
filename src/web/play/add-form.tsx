import { useState } from 'react';
import { freeName, isName, type Kind, kindsToAdd, namesIn } from '../../core/play/names.ts';
import type { Observation } from '../state/protocol-types.ts';
import type { Bench } from '../view/bench.ts';
import { perform } from '../view/hand.ts';
import { useWords } from '../words/use-words.ts';

export interface FormProps {
  bench: Bench;
  observation: Observation;
}

/** A button for each kind; the name may be left to hoplab. */
export function AddForm({ bench, observation }: FormProps) {
  const { play: words } = useWords().words;
  const [name, setName] = useState('');
  const taken = namesIn(observation).has(name);
  const problem = name === '' ? null : !isName(name) ? words.nameRule : taken ? words.nameTaken(name) : null;

  function add(kind: Kind): void {
    perform({ bench, act: (now) => ({ act: 'add', kind, name: name === '' ? freeName(now, kind) : name }) });
    setName('');
  }
  return (
    <fieldset className="tool">
      <legend>{words.add}</legend>
      <label className="tool-name">
        {words.name}
        <input
          value={name}
          maxLength={15}
          spellCheck={false}
          autoComplete="off"
          aria-describedby={problem === null ? undefined : 'tool-name-problem'}
          aria-invalid={problem !== null}
          onChange={({ target }) => setName(target.value.trim())}
        />
      </label>
      {problem && (
        <p id="tool-name-problem" className="tool-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="buttons">
        {kindsToAdd.map((kind) => (
          <button
            key={kind}
            type="button"
            className="small"
            disabled={problem !== null}
            onClick={() => add(kind)}
          >
            + {words.kinds[kind]}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

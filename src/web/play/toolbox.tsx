import { usePaced } from '../state/paced.ts';
import type { Bench } from '../view/bench.ts';
import { AddForm } from './add-form.tsx';
import { AddressForm, RouteForm } from './address-form.tsx';
import { CableForm, RemoveForm } from './cable-form.tsx';
import './play.css';
import { useWords } from '../words/use-words.ts';
import { BreakForm, SaveForm } from './save-form.tsx';

/** Building by hand: every act is typed into a terminal. Loaded with the playground. */
export default function Toolbox({ bench }: { bench: Bench }) {
  const { play: words } = useWords().words;
  const observation = usePaced(bench.live.observation);
  if (observation === null) return null;
  const common = { bench, observation };
  return (
    <section className="toolbox" aria-labelledby="toolbox-title">
      <h3 id="toolbox-title">{words.title}</h3>
      <AddForm {...common} />
      <CableForm {...common} />
      <AddressForm {...common} />
      <RouteForm {...common} />
      <RemoveForm {...common} />
      <SaveForm bench={bench} />
      <BreakForm bench={bench} />
    </section>
  );
}

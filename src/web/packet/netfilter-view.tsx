import { useEffect, useState } from 'react';
import type { Hop } from '../../core/picture/events.ts';
import { runIn } from '../connection/run-in.ts';
import type { Bench } from '../view/bench.ts';
import { useWords } from '../words/use-words.ts';
import { countersIn, type Stage, stagesOf } from './netfilter.ts';

/** The packet inside a node: hooks in the kernel's order, the rules it met, route and bridge. */
export function NetfilterView({ bench, hop }: { bench: Bench; hop: Hop }) {
  const counters = useCounters(bench, hop);
  const stages = stagesOf(hop);
  const stopped = stages.findIndex(({ passed }) => !passed);
  return (
    <ol className="stages">
      {stages.map((stage, at) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: the kernel's order.
          key={at}
          className={`stage stage-${stage.kind} ${at === stopped ? 'stopped' : stage.passed ? 'passed' : 'unreached'}`}
        >
          <StageView stage={stage} counters={counters} />
        </li>
      ))}
    </ol>
  );
}

function StageView({ stage, counters }: { stage: Stage; counters: ReadonlyMap<string, number> }) {
  const { words } = useWords();
  const { packet } = words;
  switch (stage.kind) {
    case 'link':
      return (
        <span>
          <code>{stage.link}</code> <span className="quiet">{packet.ways[stage.way]}</span>
        </span>
      );
    case 'process':
      return <span>{packet.program}</span>;
    case 'route':
      return (
        <span>
          {packet.lookup} {stage.text && <code>{stage.text}</code>}
        </span>
      );
    case 'bridge':
      return (
        <span>
          {packet.bridges} <code>{stage.bridges.join(', ')}</code>
        </span>
      );
    case 'hook':
      return (
        <>
          <strong>{stage.hook.toUpperCase()}</strong>
          {stage.rules.length > 0 && (
            <ul>
              {stage.rules.map(({ table, chain, rule, line, verdict }) => (
                <li
                  key={`${table} ${chain} ${line} ${rule} ${verdict}`}
                  className={rule === null || verdict === 'policy' ? 'policy' : `matched verdict-${verdict}`}
                >
                  <span className="quiet">{`${table} ${chain}${line === null ? '' : ` ${line}`}`}</span>
                  <code>{rule ?? packet.policy}</code>
                  <span className="stage-verdict">
                    {verdict.toUpperCase()}
                    {rule !== null && counters.has(rule) && (
                      <span className="quiet">{` ${packet.counted(counters.get(rule) ?? 0)}`}</span>
                    )}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </>
      );
  }
}

/** Counters as they are now, of a node whose rules the packet met. */
function useCounters({ link, session }: Bench, { node, rules }: Hop): ReadonlyMap<string, number> {
  const [counters, setCounters] = useState<ReadonlyMap<string, number>>(new Map());
  const met = rules.length > 0;
  useEffect(() => {
    let here = true;
    if (met) {
      void runIn(link, session, node, ['iptables-save', '-c']).then(
        (saved) => here && setCounters(countersIn(saved)),
        () => {},
      );
    }
    return () => {
      here = false;
    };
  }, [link, session, node, met]);
  return counters;
}

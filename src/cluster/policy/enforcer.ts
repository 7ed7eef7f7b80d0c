import { act } from '../node/act.ts';
import { onNode } from '../node/places.ts';
import { listOf } from '../objects/kinds.ts';
import type { Store } from '../store/store.ts';
import { isPolicyChain, policyRules } from './rules.ts';

/** Milliseconds between two looks at whether the first rule of a base chain is still the policies'. */
const interval = 30_000;

/** One node's network policies: its iptables rules follow policies, pods and namespaces. */
export class PolicyEnforcer {
  readonly #store: Store;
  readonly #node: string;
  readonly #serviceCIDR: string;
  #written = '';
  #due = false;
  #last: Promise<void> = Promise.resolve();

  constructor(store: Store, node: string, serviceCIDR: string) {
    this.#store = store;
    this.#node = node;
    this.#serviceCIDR = serviceCIDR;
    for (const resource of ['networkpolicies.networking.k8s.io', 'pods', 'namespaces'])
      store.watch({ resource }, store.resourceVersion, () => this.#wake());
    setInterval(() => void this.sync(true), interval).unref();
    // Rules that an earlier run of this program left may be about pods that are gone.
    void this.sync(true);
  }

  sync(anyway = false): Promise<void> {
    this.#due = false;
    this.#last = this.#last.then(() => this.#write(anyway));
    return this.#last;
  }

  /** Resolves when the last change of policies, pods and namespaces is in the rules. */
  written(): Promise<void> {
    return this.#due ? this.sync() : this.#last;
  }

  #wake(): void {
    if (this.#due) return;
    this.#due = true;
    setImmediate(() => void this.sync());
  }

  async #write(anyway: boolean): Promise<void> {
    const policed = {
      policies: listOf(this.#store, 'networkpolicies.networking.k8s.io'),
      pods: listOf(this.#store, 'pods'),
      namespaces: listOf(this.#store, 'namespaces'),
    };
    const { chains, jumps } = policyRules(policed, this.#node, this.#serviceCIDR);
    const wanted = [...chains].map(([chain, rules]) => [chain, ...rules].join('\n')).join('\n');
    if (wanted === this.#written && !(anyway && policed.policies.length > 0)) return;
    const saved = await act(onNode(this.#node, ['iptables-save', '-t', 'filter']));
    const text = changes(saved.stdout, chains, jumps);
    const ran = await act(onNode(this.#node, ['iptables-restore', '-w', '5', '--noflush']), { input: text });
    if (ran.code === 0) this.#written = wanted;
    else console.error(`network policies ${this.#node}: ${ran.stderr.trim()}\n${text}`);
  }
}

/** For iptables-restore: all chains anew, the jumps as first rules, and chains away that belong to nothing any more. */
function changes(
  saved: string,
  chains: ReadonlyMap<string, string[]>,
  jumps: readonly { chain: string; rule: string }[],
): string {
  const lines = saved.split('\n');
  const there = lines
    .map((line) => /^:(\S+)/.exec(line)?.[1] ?? '')
    .filter((chain) => isPolicyChain(chain) && !chains.has(chain));
  const old = lines.filter((line) => /^-A (INPUT|FORWARD|OUTPUT) .*-j KUBE-ROUTER-/.test(line));
  return [
    '*filter',
    ...[...chains.keys(), ...there].map((chain) => `:${chain} - [0:0]`),
    ...old.map((line) => line.replace('-A', '-D')),
    ...jumps.map(({ chain, rule }) => `-I ${chain} 1 ${rule}`),
    ...[...chains].flatMap(([chain, rules]) => rules.map((rule) => `-A ${chain} ${rule}`)),
    ...there.map((chain) => `-X ${chain}`),
    'COMMIT',
    '',
  ].join('\n');
}

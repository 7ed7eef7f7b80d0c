/** One table being written: chains are declared, rules follow in order. */
export class TableWriter {
  readonly name: string;
  readonly #chains: string[] = [];
  readonly #rules: string[] = [];

  constructor(name: string) {
    this.name = name;
  }

  declare(chain: string): void {
    if (!this.#chains.includes(chain)) this.#chains.push(chain);
  }

  /** Appends a rule; parts that are empty or null are left out. */
  add(chain: string, ...parts: (string | null)[]): void {
    this.#rules.push(['-A', chain, ...parts].filter(Boolean).join(' '));
  }

  text(): string {
    const chains = this.#chains.map((chain) => `:${chain} - [0:0]`);
    return `${[`*${this.name}`, ...chains, ...this.#rules, 'COMMIT'].join('\n')}\n`;
  }
}

/** A word stands bare, more than one in quotes, as kube-proxy writes comments. */
export function comment(text: string): string {
  return `-m comment --comment ${text.includes(' ') ? `"${text}"` : text}`;
}

import { type ErrorCode, HoplabError } from '../../../src/core/errors.ts';

/** The calls to a machine that can fail. */
export type MachineCall =
  | 'perform'
  | 'grow'
  | 'run'
  | 'observe'
  | 'processes'
  | 'probe'
  | 'trace'
  | 'open'
  | 'expose'
  | 'conceal'
  | 'startWithFilesOf'
  | 'destroy';

/** Switches: the next question, or every one until it is switched off, fails or hangs. */
export class Faults {
  readonly #fails = new Map<MachineCall, { code: ErrorCode; times: number }>();
  readonly #hangs = new Set<MachineCall>();
  readonly #hanging = new Set<(error: unknown) => void>();
  #begun: () => void = () => {};

  /** The watch cannot be set up. */
  unwatchable = false;
  /** No ping is answered any more, whatever the state says. */
  silent = false;

  fail(asked: MachineCall, code: ErrorCode, times = Number.POSITIVE_INFINITY): void {
    this.#fails.set(asked, { code, times });
  }

  /** Nothing answers until `interrupt`, the end of the machine or `heal`. Resolves when something has begun to wait. */
  hang(asked: MachineCall): Promise<void> {
    this.#hangs.add(asked);
    return new Promise((resolve) => {
      this.#begun = resolve;
    });
  }

  heal(): void {
    this.#fails.clear();
    this.#hangs.clear();
    this.unwatchable = false;
    this.silent = false;
  }

  /** @throws what the switch for this question says */
  async meet(asked: MachineCall): Promise<void> {
    const fault = this.#fails.get(asked);
    if (fault !== undefined && fault.times > 0) {
      fault.times -= 1;
      throw new HoplabError(fault.code, `the fake machine was told to fail: ${asked}`, {});
    }
    if (this.#hangs.has(asked)) await this.wait();
  }

  /** As long as a program that does not end. */
  wait(): Promise<never> {
    return new Promise((_, reject) => {
      this.#hanging.add(reject);
      this.#begun();
    });
  }

  /** Everything that hangs is given up. */
  giveUp(code: ErrorCode): void {
    for (const reject of this.#hanging) reject(new HoplabError(code, 'given up', {}));
    this.#hanging.clear();
  }
}

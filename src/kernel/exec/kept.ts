import { keep } from './bounded-output.ts';
import { ofNoMachine } from './interrupt.ts';
import { type PythonProgram, python } from './python.ts';
import { start } from './start.ts';

/** An interpreter for all machines, which waits at a socket: to start a new one takes longer than its work. */
export class KeptInterpreter {
  readonly #program: PythonProgram;
  #running: { name: Promise<string> } | null = null;
  #ready: string | null = null;

  constructor(program: PythonProgram) {
    this.#program = program;
  }

  /** The name of its socket, once it waits there; null before. */
  get ready(): string | null {
    return this.#ready;
  }

  /** Begins where there is none. @returns the name of its socket, in the abstract namespace */
  begin(): Promise<string> {
    if (this.#running !== null) return this.#running.name;
    const process = ofNoMachine(() => start(python(this.#program)));
    const { promise: name, resolve, reject } = Promise.withResolvers<string>();
    const output = keep(process.stdout, 64, ({ text }) => {
      if (text.endsWith('\n')) resolve(Buffer.from(text.trim(), 'hex').toString('latin1'));
    });
    const errors = keep(process.stderr, 1 << 16);
    const made = { name };
    this.#running = made;
    void process.ended.then(() => {
      if (this.#running === made) [this.#running, this.#ready] = [null, null];
      reject(new Error(`python3 has ended: ${errors.text || output.text}`));
    });
    // Until then, its caller has nothing else to wait for.
    void name.then(
      (name) => {
        if (this.#running === made) this.#ready = name;
        process.unref();
      },
      () => {},
    );
    return name;
  }
}

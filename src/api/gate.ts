/** Delays work until the gate opens, then runs it in order. */
interface Gate {
  run(work: () => void): void;
  open(): void;
}

export function createGate(): Gate {
  let waiting: (() => void)[] | null = [];
  return {
    run(work) {
      if (waiting === null) work();
      else waiting.push(work);
    },
    open() {
      const held = waiting ?? [];
      waiting = null;
      for (const work of held) work();
    },
  };
}

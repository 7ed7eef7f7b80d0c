/** Holds work back until something else has been said first, then lets everything through in order. */
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

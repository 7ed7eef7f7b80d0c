import type { Link } from '../connection/link.ts';
import type { Following } from '../state/session.ts';
import { createStore, type Store } from '../store/store.ts';
import { wordsNow } from '../words/use-words.ts';
import { keepTerminals, keptTerminals, sinceReload } from './scrollback.ts';
import { createShell, type Shell } from './shell.ts';
import { typeVisibly, untilPrompt } from './typist.ts';

interface Typed {
  on: string;
  run: string;
  output: string;
}

/** The terminals of the lab view. */
export interface Terminals {
  shells: Store<Shell[]>;
  /** Id of the one in front. */
  front: Store<number>;
  /** Null when there are as many as there may be. */
  open(node: string): Shell | null;
  close(id: number): void;
  /** Types a command where it belongs; the reason why not, or null. */
  type(node: string, command: string): Promise<string | null>;
  /** Shows the lines that hoplab typed, where they were typed. */
  showTyped(lines: readonly Typed[]): void;
  stop(): void;
}

export const mostTerminals = 4;
/** For the command before to end, and for a new shell to begin, in milliseconds. */
const commandWait = 1200;
const shellWait = 6000;

export function createTerminals(link: Link, session: string, following: Following): Terminals {
  const shells = createStore<Shell[]>([]);
  const front = createStore(0);
  let issued = 0;
  /** One command after the other, as they were clicked. */
  let typing: Promise<unknown> = Promise.resolve();

  function add(node: string, text = ''): Shell | null {
    if (shells.get().length >= mostTerminals) return null;
    issued += 1;
    const shell = createShell(issued, node, { link, session, text });
    shells.update((all) => [...all, shell]);
    front.set(shell.id);
    return shell;
  }

  async function typeInto(node: string, command: string): Promise<string | null> {
    const words = wordsNow().terminal;
    const there = shells.get().filter((shell) => shell.node === node);
    const ready = there.find((shell) => shell.state.get() === 'prompt' && shell.place() === node);
    const shell = ready ?? there[0] ?? add(node);
    if (!shell) return words.limit;
    front.set(shell.id);
    const before = shell.state.get();
    if (before === 'ended') shell.reopen(null);
    const name = nameOf(shell, shells.get());
    if (!(await untilPrompt(shell, before === 'running' ? commandWait : shellWait))) {
      return before === 'running' ? words.busy(name) : words.slow(name);
    }
    if (shell.place() !== node) return words.elsewhere(name, shell.place());
    await typeVisibly(shell, command);
    return null;
  }

  async function tellIn(node: string, words: string): Promise<void> {
    const there = shells.get().filter((shell) => shell.node === node);
    const shell = there.find((each) => each.state.get() === 'prompt') ?? there[0] ?? add(node);
    if (!shell) return;
    front.set(shell.id);
    if (await untilPrompt(shell, shellWait)) shell.tell(words);
  }

  let kept = 0;
  for (const { node, text, inFront } of keptTerminals(session)) {
    const shell = add(node, sinceReload(text, wordsNow().terminal.earlier));
    if (inFront && shell) kept = shell.id;
  }
  if (kept > 0) front.set(kept);

  const keep = () =>
    keepTerminals(
      session,
      shells
        .get()
        .map((shell) => ({ node: shell.node, text: shell.text(), inFront: shell.id === front.get() })),
    );
  window.addEventListener('pagehide', keep);

  // The first connection is the one they were opened on.
  let connected = link.state.get() === 'open';
  const unopen = link.onOpen(() => {
    if (connected) return;
    connected = true;
    for (const shell of shells.get()) shell.reopen(wordsNow().terminal.fresh);
  });
  const unfollow = link.state.subscribe(() => {
    if (link.state.get() !== 'open') connected = false;
  });
  const unhear = following.onEvent(({ event }) => {
    if (event.type !== 'machine') return;
    for (const shell of shells.get()) shell.reopen(wordsNow().terminal.replaced);
  });

  return {
    shells,
    front,
    open: (node) => add(node),
    close(id) {
      shells
        .get()
        .find((shell) => shell.id === id)
        ?.close();
      shells.update((all) => all.filter((shell) => shell.id !== id));
      if (front.get() === id) front.set(shells.get().at(-1)?.id ?? 0);
    },
    type(node, command) {
      const typed = typing.then(() => typeInto(node, command));
      typing = typed.catch(() => null);
      return typed;
    },
    showTyped(lines) {
      for (const [node, words] of transcripts(lines))
        typing = typing.then(() => tellIn(node, words)).catch(() => null);
    },
    stop() {
      keep();
      window.removeEventListener('pagehide', keep);
      unopen();
      unfollow();
      unhear();
      for (const shell of shells.get()) shell.close();
    },
  };
}

/** By node, in the order they were typed. */
function transcripts(lines: readonly Typed[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { on, run, output } of lines) {
    const before = found.get(on) ?? `\x1b[90m── ${wordsNow().terminal.typed} ──\x1b[0m\r\n`;
    const shown = output === '' ? '' : `${output.trimEnd().replaceAll('\n', '\r\n')}\r\n`;
    found.set(on, `${before}\x1b[90m${on} #\x1b[0m ${run}\r\n${shown}`);
  }
  return found;
}

/** `red`, and `red 2` for the second on the same node. */
export function nameOf(shell: Shell, all: Shell[]): string {
  const place = all.filter(({ node }) => node === shell.node).indexOf(shell);
  return place > 0 ? `${shell.node} ${place + 1}` : shell.node;
}

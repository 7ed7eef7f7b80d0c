import { encodeAck, encodeFrame } from '../../protocol/frame.ts';
import type { Link } from '../connection/link.ts';
import { createStore, type Store } from '../store/store.ts';
import { createPromptReader } from './prompt.ts';
import { createScrollback, divider } from './scrollback.ts';

/** `running`: a program may be reading the input. */
type ShellState = 'opening' | 'prompt' | 'running' | 'ended';

/** A login shell in a node, over as many connections and machines as it takes. */
export interface Shell {
  id: number;
  node: string;
  state: Store<ShellState>;
  place(): string;
  text(): string;
  /** Calls `show` for output from now on; `show` calls `done` when the text is on the screen. */
  view(show: (text: string, done: () => void) => void): () => void;
  input(text: string): void;
  /** Shows words above the prompt, which must be there; half-written text at it goes. */
  tell(words: string): void;
  resize(columns: number, rows: number): void;
  /** A new shell in the place of the old one, with a word why. */
  reopen(why: string | null): void;
  close(): void;
}

interface Setting {
  link: Link;
  session: string;
  text: string;
}

const encoder = new TextEncoder();
const largestFrame = 16_384;
/** Enter, Control-D, and Control-O, which enters a line as well. */
const lineEnds = ['\r', '\n', '\x04', '\x0f'];
/** A shell that asked for pasted text to be marked only edits it, whatever lines it has. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the marks begin with one.
const pasted = /\x1b\[200~.*?\x1b\[201~/gs;

export function createShell(id: number, node: string, { link, session, text }: Setting): Shell {
  const state = createStore<ShellState>('opening');
  const scrollback = createScrollback(text);
  let prompt = createPromptReader();
  let size = { columns: 80, rows: 24 };
  let terminal: number | null = null;
  let life = 0;
  let show: ((text: string, done: () => void) => void) | null = null;
  let hush = () => {};

  function say(words: string, done: () => void = () => {}): void {
    scrollback.add(words);
    if (show) show(words, done);
    else done();
  }

  async function open(): Promise<void> {
    life += 1;
    const mine = life;
    hush();
    terminal = null;
    prompt = createPromptReader();
    state.set('opening');
    const asked = size;
    const opened = await link
      .call('terminal.open', { session, node, pty: asked })
      .catch((error: Error) => error);
    if (mine !== life) {
      if ('terminal' in opened) void link.call('terminal.close', opened).catch(() => {});
      return;
    }
    if (!('terminal' in opened)) {
      // Without a connection the next one will bring a shell; otherwise the learner must know.
      if (link.state.get() === 'open') say(`\r\n${opened.message}\r\n`);
      state.set('ended');
      return;
    }
    terminal = opened.terminal;
    if (asked !== size) resize();
    const unframe = link.onFrame(opened.terminal, receiver(opened.terminal));
    const unexit = link.on('terminal.exit', (exit) => {
      if (exit.terminal === opened.terminal) ended();
    });
    hush = () => {
      unframe();
      unexit();
    };
  }

  function receiver(number: number) {
    const decoder = new TextDecoder();
    return ({ kind, payload }: { kind: string; payload: Uint8Array }) => {
      if (kind !== 'stdout' && kind !== 'stderr') return;
      const words = decoder.decode(payload, { stream: true });
      prompt.read(words);
      if (prompt.ready()) state.set('prompt');
      else if (state.get() === 'prompt') state.set('running');
      say(words, () => link.send(encodeAck(number, payload.length)));
    };
  }

  function ended(): void {
    hush();
    terminal = null;
    state.set('ended');
  }

  function resize(): void {
    if (terminal !== null) void link.call('terminal.resize', { terminal, ...size }).catch(() => {});
  }

  void open();

  return {
    id,
    node,
    state,
    place: () => prompt.place(),
    text: scrollback.text,
    view(listener) {
      show = listener;
      return () => {
        show = null;
      };
    },
    input(words) {
      if (terminal === null) {
        if (state.get() === 'ended' && words.includes('\r')) void open();
        return;
      }
      const typed = words.replace(pasted, '');
      if (lineEnds.some((end) => typed.includes(end))) {
        prompt.entered();
        state.set('running');
      }
      const bytes = encoder.encode(words);
      for (let at = 0; at < bytes.length; at += largestFrame) {
        link.send(encodeFrame({ kind: 'stdin', terminal, payload: bytes.subarray(at, at + largestFrame) }));
      }
    },
    tell(words) {
      say(`\r\x1b[K${words}`);
      this.input('\x05\x15\r');
    },
    resize(columns, rows) {
      if (columns === size.columns && rows === size.rows) return;
      size = { columns, rows };
      resize();
    },
    reopen(why) {
      if (terminal !== null) void link.call('terminal.close', { terminal }).catch(() => {});
      if (why !== null) say(divider(why));
      void open();
    },
    close() {
      life += 1;
      hush();
      if (terminal !== null) void link.call('terminal.close', { terminal }).catch(() => {});
    },
  };
}

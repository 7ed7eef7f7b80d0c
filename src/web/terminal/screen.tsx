import { FitAddon } from '@xterm/addon-fit';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { Suspense, useEffect, useRef } from 'react';
import { later } from '../parts/later.ts';
import { settings } from '../settings/settings.ts';
import type { Shell } from '../shells/shell.ts';
import { findChord, leaveChord } from '../view/chord.ts';
import { caretThatRests } from './caret.ts';
import { terminalTheme } from './colours.ts';
import { gathered, othersHaveKeyboard } from './gathered.ts';
import { setStylesByScript, withStrictStyles } from './strict-styles.ts';

setStylesByScript();

const Find = later(() => import('./find.tsx'));

interface Props {
  shell: Shell;
  label: string;
  /** The class of its node's colour, which may change as the session's nodes become known. */
  colour: string;
  inFront: boolean;
  /** In front, or beside the one in front. */
  seen: boolean;
  /** Its output is being searched. */
  searching: boolean;
  search(on: boolean): void;
}

/** The screen of one shell. Loaded when the first terminal opens. */
export default function Screen({ shell, label, colour, inFront, seen, searching, search }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const screen = useRef<Terminal>(null);
  const flush = useRef(() => {});
  const unseen = useRef(!seen);
  (unseen as { current: boolean }).current = !seen;
  const open = useRef(search);
  (open as { current: Props['search'] }).current = search;

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const terminal = new Terminal({
      allowProposedApi: false,
      cursorBlink: false,
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
      fontSize: settings.get().fontSize,
      lineHeight: 1.25,
      scrollback: 5000,
      screenReaderMode: settings.get().screenReader,
      theme: terminalTheme(element),
      minimumContrastRatio: 4.5,
    });
    (screen as { current: Terminal | null }).current = terminal;
    const fit = new FitAddon();
    terminal.loadAddon(fit);
    terminal.loadAddon(new WebLinksAddon((_, url) => window.open(url, '_blank', 'noopener')));
    const dropStyles = withStrictStyles(() => terminal.open(element));

    const forget = caretThatRests(terminal);

    // Old output is only replayed: its queries to the terminal get no answer.
    let replaying = true;
    terminal.write(shell.text(), () => {
      replaying = false;
    });
    const output = gathered(
      (text, written, old) => {
        replaying ||= old;
        terminal.write(text, () => {
          if (old) replaying = false;
          written();
        });
      },
      () => (unseen.current ? 'unseen' : othersHaveKeyboard(element) ? 'soon' : 'now'),
    );
    (flush as { current: () => void }).current = output.flush;
    element.addEventListener('focusin', output.flush);
    const unview = shell.view(output.show);
    terminal.onData((text) => {
      if (!replaying) shell.input(text);
    });
    terminal.attachCustomKeyEventHandler((event) => {
      if (!findChord(event)) return !isOurs(event, terminal);
      if (event.type === 'keydown') open.current(true);
      event.preventDefault();
      return false;
    });

    const sizes = new ResizeObserver(() => {
      if (element.clientWidth < 40 || element.clientHeight < 20) return;
      fit.fit();
      shell.resize(terminal.cols, terminal.rows);
    });
    sizes.observe(element);

    const restyle = () => {
      terminal.options.theme = terminalTheme(element);
      if (terminal.options.fontSize !== settings.get().fontSize) {
        terminal.options.fontSize = settings.get().fontSize;
        fit.fit();
        shell.resize(terminal.cols, terminal.rows);
      }
      terminal.options.screenReaderMode = settings.get().screenReader;
    };
    const unfollow = settings.subscribe(restyle);
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', restyle);
    return () => {
      system.removeEventListener('change', restyle);
      unfollow();
      sizes.disconnect();
      unview();
      output.drop();
      forget();
      terminal.dispose();
      dropStyles();
    };
  }, [shell]);

  useEffect(() => {
    if (seen) flush.current();
  }, [seen]);

  useEffect(() => {
    screen.current?.textarea?.setAttribute('aria-label', label);
  }, [label]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colour is read from the element that has the class.
  useEffect(() => {
    if (screen.current && place.current) screen.current.options.theme = terminalTheme(place.current);
  }, [colour]);

  const close = () => {
    search(false);
    screen.current?.focus();
  };
  return (
    <>
      <div className="screen" ref={place} data-front={inFront} />
      {searching && screen.current && (
        <Suspense fallback={null}>
          <Find terminal={screen.current} close={close} />
        </Suspense>
      )}
    </>
  );
}

/** Keys that are not the shell's: leaving the terminal, copy and paste as everywhere else. */
function isOurs(event: KeyboardEvent, terminal: Terminal): boolean {
  if (leaveChord(event)) return true;
  if (!event.ctrlKey || event.altKey || event.metaKey) return false;
  const key = event.key.toLowerCase();
  if (key === 'v') return true;
  if (key !== 'c' || (!event.shiftKey && !terminal.hasSelection())) return false;
  if (event.type === 'keydown' && terminal.hasSelection()) {
    if (copy(terminal)) terminal.clearSelection();
    event.preventDefault();
  }
  return true;
}

/** By the browser's own command: over plain HTTP from another computer there is no `navigator.clipboard`. */
function copy({ textarea }: Terminal): boolean {
  if (!textarea) return false;
  // The command needs something selected; what is copied xterm says when asked.
  textarea.value = ' ';
  textarea.select();
  const copied = document.execCommand('copy');
  textarea.value = '';
  return copied;
}

import type { Terminal } from '@xterm/xterm';

/** Milliseconds without a move of the cursor after which the field for input follows it. */
const rest = 300;

/**
 * xterm moves its field for input with the cursor, so that input methods and magnifiers know the place. Each of these
 * moves makes the browser build its layers anew before the echo of a key is seen; terminal.css holds the field where
 * it was, but for a composition and a menu of the mouse, until nobody types.
 */
export function caretThatRests(terminal: Terminal): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const follow = () => {
    const style = terminal.textarea?.style;
    style?.setProperty('--rest-left', style.left);
    style?.setProperty('--rest-top', style.top);
  };
  const moves = terminal.onCursorMove(() => {
    clearTimeout(timer);
    timer = setTimeout(follow, rest);
  });
  return () => {
    clearTimeout(timer);
    moves.dispose();
  };
}

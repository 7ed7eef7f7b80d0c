import type { Shell } from './shell.ts';

const keyWait = 14;
const longestTyping = 450;

/** Resolves when the shell shows a prompt; false when it does not within so many milliseconds. */
export function untilPrompt(shell: Shell, within: number): Promise<boolean> {
  return new Promise((resolve) => {
    if (shell.state.get() === 'prompt') return resolve(true);
    const end = (ready: boolean) => {
      clearTimeout(timer);
      unfollow();
      resolve(ready);
    };
    const timer = setTimeout(() => end(false), within);
    const unfollow = shell.state.subscribe(() => {
      if (shell.state.get() === 'prompt') end(true);
    });
  });
}

/** Types a command as a person would, seen as it goes; at once where motion is unwanted. */
export async function typeVisibly(shell: Shell, command: string): Promise<void> {
  // To the end of the line and all of it away: half-written text there is not part of the command.
  shell.input('\x05\x15');
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const keys = [...command.replaceAll('\n', '\r')];
  const atOnce = still ? keys.length : Math.max(1, Math.ceil((keys.length * keyWait) / longestTyping));
  for (let at = 0; at < keys.length; at += atOnce) {
    shell.input(keys.slice(at, at + atOnce).join(''));
    if (!still) await new Promise((resolve) => setTimeout(resolve, keyWait));
  }
  shell.input('\r');
}

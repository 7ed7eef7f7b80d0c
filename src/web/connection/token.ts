const kept = 'hoplab.token';

/**
 * The token from the address `hoplab url` gave, else the one this tab had before. It leaves the address at
 * once: it must not stay in the history, nor be seen over a shoulder.
 */
export function takeToken(): string | null {
  const given = /^#token=([\w-]+)$/.exec(location.hash)?.[1];
  if (given === undefined) return sessionStorage.getItem(kept);
  history.replaceState(null, '', location.pathname);
  keepToken(given);
  return given;
}

export function keepToken(token: string): void {
  sessionStorage.setItem(kept, token);
}

export function forgetToken(): void {
  sessionStorage.removeItem(kept);
}

/** What a person pastes: the token, or the whole address with it. */
export function tokenIn(text: string): string | null {
  return /^(?:\S*#token=)?([\w-]{8,})$/.exec(text.trim())?.[1] ?? null;
}

const kept = 'hoplab.token';
const given = /^#token=([\w-]+)$/;

/** The token from the address `hoplab url` gave, else the one this tab had before. */
export function takeToken(): string | null {
  return tokenFromAddress('') ?? sessionStorage.getItem(kept);
}

/**
 * Takes the token out of the address at once: it must not stay in the history, nor be seen over a shoulder.
 * `place` is the fragment that stands there afterwards.
 */
function tokenFromAddress(place: string): string | null {
  const token = given.exec(location.hash)?.[1];
  if (token === undefined) return null;
  history.replaceState(null, '', location.pathname + place);
  keepToken(token);
  return token;
}

/**
 * Hears of a token that comes later: pasted into the address of an open page (only the fragment changes, and
 * nothing is loaded), or from another tab of this page that is inside already.
 */
export function onToken(listener: (token: string) => void): () => void {
  const tabs = new BroadcastChannel(kept);
  const pasted = ({ oldURL }: HashChangeEvent) => {
    const token = tokenFromAddress(new URL(oldURL).hash);
    if (token !== null) listener(token);
  };
  tabs.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const own = sessionStorage.getItem(kept);
    if (data === 'wanted' && own !== null) tabs.postMessage({ token: own });
    else if (own === null && isToken(data)) {
      keepToken(data.token);
      listener(data.token);
    }
  });
  window.addEventListener('hashchange', pasted);
  if (sessionStorage.getItem(kept) === null) tabs.postMessage('wanted');
  return () => {
    tabs.close();
    window.removeEventListener('hashchange', pasted);
  };
}

function isToken(data: unknown): data is { token: string } {
  return data instanceof Object && 'token' in data && typeof data.token === 'string';
}

export function keepToken(token: string): void {
  sessionStorage.setItem(kept, token);
}

export function forgetToken(): void {
  sessionStorage.removeItem(kept);
}

/** The token in a pasted text: the token itself, or an address that contains it. */
export function tokenIn(text: string): string | null {
  return /^(?:\S*#token=)?([\w-]{8,})$/.exec(text.trim())?.[1] ?? null;
}

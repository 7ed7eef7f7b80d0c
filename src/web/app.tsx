import { Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { createLink, type Link } from './connection/link.ts';
import { forgetToken, keepToken, onToken } from './connection/token.ts';
import { later } from './parts/later.ts';
import { LinkBanner } from './parts/link-banner.tsx';
import { Working } from './parts/working.tsx';
import { Door } from './start/door.tsx';
import { Start } from './start/start.tsx';
import { useStore } from './store/store.ts';

/** The start page loads nothing of it. */
const Lab = later(() => import('./lab/lab.tsx'));

/** The whole page: without a token its door, with one the start page or a session. */
export function App({ token: given }: { token: string | null }) {
  const [token, setToken] = useState(given);
  const [wrong, setWrong] = useState(false);
  const [link, setLink] = useState<Link | null>(null);

  useEffect(
    () =>
      onToken((later) => {
        setWrong(false);
        setToken(later);
      }),
    [],
  );

  useEffect(() => {
    if (token === null) return;
    const made = createLink(token);
    setLink(made);
    const unfollow = made.state.subscribe(() => {
      if (made.state.get() !== 'unauthorized') return;
      forgetToken();
      setWrong(true);
      setToken(null);
    });
    return () => {
      unfollow();
      made.close();
      setLink(null);
    };
  }, [token]);

  if (token === null) {
    const enter = (entered: string) => {
      keepToken(entered);
      setToken(entered);
    };
    return <Door wrong={wrong} enter={enter} />;
  }
  return link && <Inside link={link} />;
}

function Inside({ link }: { link: Link }) {
  const session = useSession();
  const state = useStore(link.state);
  return (
    <>
      <LinkBanner state={state} />
      {session === null ? (
        <Start link={link} />
      ) : (
        <Suspense fallback={<Working />}>
          <Lab link={link} session={session} />
        </Suspense>
      )}
    </>
  );
}

/** The session in the address: `#/s/ID`, or `#/s/ID/STEP`. */
function useSession(): string | null {
  const hash = useSyncExternalStore(
    (listener) => {
      window.addEventListener('hashchange', listener);
      return () => window.removeEventListener('hashchange', listener);
    },
    () => location.hash,
  );
  return /^#\/s\/([\w-]{1,128})(?:\/|$)/.exec(hash)?.[1] ?? null;
}

import { useCallback, useEffect, useState } from 'react';
import type { Link } from '../connection/link.ts';
import { Header } from '../lab/header.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Working } from '../parts/working.tsx';
import type { Question } from '../view/actions.ts';
import { saidOf } from '../view/bench.ts';
import { useWords } from '../words/use-words.ts';
import { Broken } from './broken.tsx';
import { FirstLab } from './first-lab.tsx';
import { GoOn } from './go-on.tsx';
import { Hero } from './hero.tsx';
import { toCard } from './lab-card.tsx';
import type { Hands, StartLists } from './listed.ts';
import './start.css';
import './lab-card.css';
import { PracticeStart } from './practice-start.tsx';
import { Track } from './track.tsx';

/** The lab in the address, `#/lab/ID`: its card gets the focus. */
function useNamedLab(isListed: boolean): void {
  useEffect(() => {
    if (!isListed) return;
    const find = () => {
      const id = /^#\/lab\/([a-z0-9-]+)$/.exec(location.hash)?.[1];
      if (id !== undefined) toCard(id);
    };
    find();
    window.addEventListener('hashchange', find);
    return () => window.removeEventListener('hashchange', find);
  }, [isListed]);
}

/** The labs there are, by track, and the sessions one can go on with. */
export function Start({ link }: { link: Link }) {
  const { words, language } = useWords();
  const [listed, setListed] = useState<StartLists | null>(null);
  const [notice, setNotice] = useState<string | null>(null);
  const [starting, setStarting] = useState(false);
  const [question, setQuestion] = useState<Question | null>(null);

  const list = useCallback(async () => {
    try {
      const [labs, sessions] = await Promise.all([
        link.call('labs.list', {}),
        link.call('sessions.list', {}),
      ]);
      setListed({ ...labs, ...sessions });
    } catch (error) {
      setNotice(saidOf(error));
    }
  }, [link]);
  useEffect(() => link.onOpen(() => void list()), [link, list]);
  // Whoever comes back to the page may have started or stopped sessions in a terminal.
  useEffect(() => {
    const look = () => {
      if (link.state.get() === 'open' && document.visibilityState === 'visible') void list();
    };
    window.addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [link, list]);
  useNamedLab(listed !== null);

  async function begin(lab: string, prepare: (session: string) => Promise<unknown>): Promise<void> {
    setStarting(true);
    setNotice(null);
    try {
      const { id } = await link.call('sessions.start', { lab, use: true });
      await prepare(id);
      location.hash = `#/s/${id}`;
    } catch (error) {
      setNotice(saidOf(error));
      setStarting(false);
      void list();
    }
  }
  function ask(title: string, text: string, act: () => Promise<unknown>): void {
    const yes = title;
    setQuestion({
      ...{ title, text, yes },
      act: () =>
        void act()
          .catch((error) => setNotice(saidOf(error)))
          .then(list),
    });
  }
  const hands: Hands = {
    busy: starting,
    begin: (lab) => void begin(lab, async () => {}),
    practise(lab, seed) {
      const chosen = seed.trim() === '' ? {} : { seed: Number(seed) };
      void begin(lab, (session) => link.call('sessions.break', { session, ...chosen }));
    },
    end({ id, title }) {
      const { stop, stopWhat } = words.start;
      ask(stop, stopWhat(title[language]), () => link.call('sessions.stop', { session: id }));
    },
    delete({ id, title }) {
      ask(words.start.delete, words.start.deleteWhat(title[language]), () =>
        link.call('labs.delete', { lab: id }),
      );
    },
  };
  return (
    <>
      <Header link={link} />
      {(starting || (listed === null && notice === null)) && <Working />}
      <main className="start">
        <div className="start-lead">
          <h1>{words.about}</h1>
          <p>{words.start.lead}</p>
          {listed && <FirstLab listed={listed} hands={hands} />}
        </div>
        <div role="status">{notice && <p className="notice">{notice}</p>}</div>
        {listed && <GoOn listed={listed} />}
        <Hero />
        {listed && <PracticeStart listed={listed} hands={hands} />}
        {listed?.labs.length === 0 && <p>{words.start.none}</p>}
        {listed?.tracks.map((track) => (
          <Track key={track.id} track={track} listed={listed} hands={hands} />
        ))}
        {listed && <Broken broken={listed.broken} />}
      </main>
      {question && <Confirm question={question} close={() => setQuestion(null)} />}
    </>
  );
}

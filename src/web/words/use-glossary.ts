import { useEffect, useState } from 'react';
import type { Language } from '../../core/language.ts';
import { type Glossary, readGlossary } from '../../core/text/glossary.ts';
import { glossaries } from './page-words.ts';
import { useWords } from './use-words.ts';

/** The terms in the chosen language; null until they are there, and where they do not come. */
export function useGlossary(): Glossary | null {
  const { language } = useWords();
  const [loaded, setLoaded] = useState<{ language: Language; glossary: Glossary } | null>(null);
  useEffect(() => {
    let stale = false;
    glossaries[language]().then(
      (lines) => stale || setLoaded({ language, glossary: readGlossary(lines) }),
      () => {},
    );
    return () => {
      stale = true;
    };
  }, [language]);
  return loaded?.language === language ? loaded.glossary : null;
}

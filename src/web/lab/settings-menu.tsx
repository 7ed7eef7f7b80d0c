import { useRef } from 'react';
import { languages } from '../../core/language.ts';
import { useClosing } from '../parts/use-closing.ts';
import { choose, settings } from '../settings/settings.ts';
import { useStore } from '../store/store.ts';
import { pageWords } from '../words/page-words.ts';
import { useWords } from '../words/use-words.ts';

const fontSizes = [11, 13, 15, 18];

const themes = ['system', 'light', 'dark'] as const;

/** Language at hand; theme, the terminals' size, hidden commands and the screen-reader mode a click away. */
export function SettingsMenu() {
  const { words, language } = useWords();
  const { theme, screenReader, hideCommands, fontSize } = useStore(settings);
  const menu = useRef<HTMLDetailsElement>(null);
  useClosing(menu);
  return (
    <>
      <fieldset className="choice" aria-label={words.header.language}>
        {languages.map((each) => (
          <button
            key={each}
            type="button"
            lang={each}
            aria-pressed={each === language}
            onClick={() => choose({ language: each })}
          >
            {pageWords[each].name}
          </button>
        ))}
      </fieldset>
      <details className="menu" ref={menu}>
        <summary aria-label={words.header.settings} title={words.header.settings}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M2 4.5h7M13 4.5h1M2 11.5h1M7 11.5h7" />
            <circle cx="11" cy="4.5" r="2" />
            <circle cx="5" cy="11.5" r="2" />
          </svg>
        </summary>
        <div className="menu-body">
          <fieldset className="choice">
            <legend>{words.header.theme}</legend>
            {themes.map((each) => (
              <button
                key={each}
                type="button"
                aria-pressed={each === theme}
                onClick={() => choose({ theme: each })}
              >
                {words.header.themes[each]}
              </button>
            ))}
          </fieldset>
          <fieldset className="choice">
            <legend>{words.header.fontSize}</legend>
            {fontSizes.map((each) => (
              <button
                key={each}
                type="button"
                aria-pressed={each === fontSize}
                onClick={() => choose({ fontSize: each })}
              >
                {each}
              </button>
            ))}
          </fieldset>
          <label className="tick">
            <input
              type="checkbox"
              checked={hideCommands}
              onChange={({ target }) => choose({ hideCommands: target.checked })}
            />
            {words.header.hideCommands}
          </label>
          <label className="tick">
            <input
              type="checkbox"
              checked={screenReader}
              onChange={({ target }) => choose({ screenReader: target.checked })}
            />
            {words.header.reader}
          </label>
        </div>
      </details>
    </>
  );
}

import type { Shared } from './shared.ts';
import { escapeText } from './svg.ts';

/** One file with everything in it: nothing is fetched, and its policy lets nothing be. */
export function htmlOf({ language, title, trace, challenge, palette }: Shared, svg: string): string {
  const { surface, ground, line, ink, quiet, code } = palette;
  const hops = trace?.hops.map(({ place, colour, text, notes }) =>
    [
      `<li><b style="color:${palette[colour] ?? ink}">${escapeText(place)}</b> ${escapeText(text)}`,
      ...notes.map((note) => `<code>${escapeText(note)}</code>`),
      '</li>',
    ].join(''),
  );
  return [
    '<!doctype html>',
    `<html lang="${escapeText(language)}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeText(title)}</title>`,
    '<style>',
    `body{max-width:1100px;margin:0 auto;padding:28px 20px 60px;background:${ground};color:${ink};font:16px/1.55 system-ui,sans-serif}`,
    `figure{margin:0 0 24px;overflow:auto;border:1px solid ${line};border-radius:10px;background:${surface}}`,
    'svg{display:block;max-width:100%;height:auto}h1{font-size:24px}h2{font-size:18px}',
    // Where it would be too small to read, a part of it is seen, and the others by scrolling.
    '@media(max-width:800px){body{padding:20px 14px 40px}svg{max-width:none}}',
    `li{padding:3px 0}li code{display:block;color:${quiet};overflow-wrap:anywhere}code{font:13px ui-monospace,Menlo,Consolas,monospace}`,
    `pre{padding:10px 14px;white-space:pre-wrap;border-radius:8px;background:${code}}`,
    '</style>',
    '</head>',
    '<body>',
    '<main>',
    `<h1>${escapeText(title)}</h1>`,
    `<figure tabindex="0">${svg}</figure>`,
    ...(trace === null || hops === undefined
      ? []
      : [
          `<h2>${escapeText(trace.title)}</h2>`,
          `<ol>${hops.join('\n')}</ol>`,
          `<p><strong>${escapeText(trace.end)}</strong></p>`,
        ]),
    `<h2>${escapeText(challenge.label)}</h2>`,
    `<pre><code>${escapeText(challenge.command)}</code></pre>`,
    '</main>',
    '</body>',
    '</html>',
  ].join('\n');
}

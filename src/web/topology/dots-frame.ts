import styles from './dots.css?inline';
import type { FrameMessage } from './dots-layer.ts';
import protocols from './protocols.css?inline';

/** The document in which the dots run: it knows nothing of the page but what the page sends. */
const sheet = new CSSStyleSheet();
sheet.replaceSync(protocols + styles);
document.adoptedStyleSheets = [sheet];

const running = new Set<Animation>();

addEventListener('message', ({ source, data }: MessageEvent<FrameMessage>) => {
  if (source !== parent) return;
  if (data.kind === 'clear') {
    for (const each of running) each.cancel();
    return;
  }
  const { look, origin } = data;
  const { style } = document.documentElement;
  for (const [property, value] of Object.entries(look)) style.setProperty(property, value);
  document.body.style.left = `${origin.left}px`;
  document.body.style.top = `${origin.top}px`;
  if (data.kind === 'run') run(data);
  else parent.postMessage('dressed', '*');
});

function run({ dots, duration, easing }: FrameMessage & { kind: 'run' }): void {
  const elements = dots.map(({ className, radius }) => {
    const dot = document.createElement('div');
    dot.className = className;
    dot.style.setProperty('--radius', `${radius}px`);
    return dot;
  });
  document.body.append(...elements);
  const animations = elements.map((dot, index) =>
    dot.animate(dots[index]?.frames ?? [], { duration, easing }),
  );
  for (const each of animations) running.add(each);
  const [first] = animations;
  if (first)
    first.onfinish = first.oncancel = () => {
      for (const each of animations) running.delete(each);
      for (const dot of elements) dot.remove();
    };
}

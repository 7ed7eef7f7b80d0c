/** What the dots take from the page; `light-dark` follows the scheme, which the layer has of its own. */
const taken = ['accent', 'good', 'odd', 'warn', 'bad', 'quiet', 'surface', 'zoom'];

/** The layer grows by so many pixels of the picture. */
const portion = 400;

/** One packet's dot; its radius in pixels. */
export interface Dot {
  className: string;
  radius: number;
  frames: Keyframe[];
}

interface Sample {
  dots: Dot[];
  /** Milliseconds. */
  duration: number;
  easing: string;
}

interface Dress {
  /** Properties of its root. */
  look: Record<string, string>;
  /** Where the picture's origin is in it, in pixels. */
  origin: { left: number; top: number };
}

export type FrameMessage =
  | ({ kind: 'dress' } & Dress)
  | ({ kind: 'run' } & Dress & Sample)
  | { kind: 'clear' };

/** Where the dots of a picture are drawn. */
export interface DotsLayer {
  /** Makes it as large as this needs. */
  reach(x: number, y: number): void;
  run(sample: Sample): void;
  clear(): void;
}

const layers = new WeakMap<Element, DotsLayer>();

/**
 * Dots lie between the wires and the cards, in a document of its own process, which a sandbox gives it (Chromium's
 * IsolateSandboxedIframes): a motion in the page, or in a document of its process, makes the browser draw the page in
 * each frame, and the echo of a key waits for the next one.
 */
export function layerOf(path: SVGPathElement): DotsLayer | null {
  const viewport = path.closest('.react-flow__viewport');
  if (viewport === null) return null;
  const frame = viewport.querySelector<HTMLIFrameElement>(':scope > .traffic-dots') ?? newFrame(viewport);
  return layers.get(frame) ?? null;
}

function newFrame(viewport: Element): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.className = 'traffic-dots';
  frame.tabIndex = -1;
  frame.setAttribute('aria-hidden', 'true');
  frame.sandbox.add('allow-scripts');
  frame.src = '/dots.html';
  const tell = (message: FrameMessage) => frame.contentWindow?.postMessage(message, '*');
  let ready = false;
  // A document that has another scheme than its frame is not transparent.
  const show = ({ source, data }: MessageEvent) => {
    if (source !== frame.contentWindow || data !== 'dressed') return;
    removeEventListener('message', show);
    frame.style.visibility = 'visible';
    ready = true;
  };
  addEventListener('message', show);
  frame.addEventListener('load', () => tell({ kind: 'dress', ...dressOf(frame) }));
  layers.set(frame, {
    reach: (x, y) => reach(frame.style, x, y),
    run: (sample) => {
      if (ready) tell({ kind: 'run', ...dressOf(frame), ...sample });
    },
    clear: () => tell({ kind: 'clear' }),
  });
  viewport.insertBefore(frame, viewport.querySelector(':scope > .react-flow__nodes'));
  return frame;
}

function dressOf(frame: HTMLIFrameElement): Dress {
  const page = getComputedStyle(frame);
  const look = taken.map((name) => [`--${name}`, page.getPropertyValue(`--${name}`)]);
  return {
    look: Object.fromEntries([['color-scheme', page.colorScheme], ...look]),
    origin: { left: -sizeOf(frame.style, 'left'), top: -sizeOf(frame.style, 'top') },
  };
}

const sizeOf = (style: CSSStyleDeclaration, property: 'left' | 'top' | 'width' | 'height') =>
  Number.parseFloat(style[property]) || 0;

function reach(style: CSSStyleDeclaration, x: number, y: number): void {
  const grow = (begin: 'left' | 'top', extent: 'width' | 'height', at: number) => {
    const [from, to] = [sizeOf(style, begin), sizeOf(style, begin) + sizeOf(style, extent)];
    const [least, most] = [Math.floor(at / portion) * portion, (Math.floor(at / portion) + 1) * portion];
    if (least >= from && most <= to) return;
    style[begin] = `${Math.min(from, least)}px`;
    style[extent] = `${Math.max(to, most) - Math.min(from, least)}px`;
  };
  grow('left', 'width', x);
  grow('top', 'height', y);
}

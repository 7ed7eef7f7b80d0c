import styles from './dots.css?inline';

/** What the dots take from the page; `light-dark` follows the scheme, which the layer has of its own. */
const taken = ['accent', 'good', 'odd', 'warn', 'bad', 'quiet', 'surface', 'zoom'];

/** The layer grows by so many pixels of the picture. */
const portion = 400;

/** Where the dots of a picture are drawn. */
interface DotsLayer {
  document: Document;
  /** Makes it as large as this needs. */
  reach(x: number, y: number): void;
}

/**
 * Dots lie between the wires and the cards, in a document of their own: before a key is handled, the browser looks
 * through all motions of the document that has the keyboard, and lets the key's echo wait for the next frame when
 * there is one.
 */
export function layerOf(path: SVGPathElement): DotsLayer | null {
  const viewport = path.closest('.react-flow__viewport');
  if (viewport === null) return null;
  const frame = viewport.querySelector<HTMLIFrameElement>(':scope > .traffic-dots') ?? newFrame(viewport);
  const { contentDocument: document, contentWindow: window } = frame;
  if (document === null || window === null) return null;
  if (document.adoptedStyleSheets.length === 0) {
    const sheet = new (window as unknown as typeof globalThis).CSSStyleSheet();
    sheet.replaceSync(styles);
    document.adoptedStyleSheets = [sheet];
    document.body.style.cssText = 'position: absolute; margin: 0';
  }
  const page = getComputedStyle(frame);
  const { style } = document.documentElement;
  style.colorScheme = page.colorScheme;
  for (const name of taken) style.setProperty(`--${name}`, page.getPropertyValue(`--${name}`));
  return { document, reach: (x, y) => reach(frame, document, x, y) };
}

function newFrame(viewport: Element): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.className = 'traffic-dots';
  frame.tabIndex = -1;
  frame.setAttribute('aria-hidden', 'true');
  viewport.insertBefore(frame, viewport.querySelector(':scope > .react-flow__nodes'));
  return frame;
}

function reach({ style }: HTMLIFrameElement, { body }: Document, x: number, y: number): void {
  const size = (property: 'left' | 'top' | 'width' | 'height') => Number.parseFloat(style[property]) || 0;
  const grow = (begin: 'left' | 'top', extent: 'width' | 'height', at: number) => {
    const [from, to] = [size(begin), size(begin) + size(extent)];
    const [least, most] = [Math.floor(at / portion) * portion, (Math.floor(at / portion) + 1) * portion];
    if (least >= from && most <= to) return;
    style[begin] = `${Math.min(from, least)}px`;
    style[extent] = `${Math.max(to, most) - Math.min(from, least)}px`;
    body.style[begin] = `${-Math.min(from, least)}px`;
  };
  grow('left', 'width', x);
  grow('top', 'height', y);
}

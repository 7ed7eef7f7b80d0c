/**
 * Runs `work` with style elements whose text goes into a constructed style sheet: xterm writes its colours into
 * style elements, and the page's policy lets no inline style in. The sheets are the document's, not the element's.
 */
export function withStrictStyles(work: () => void): () => void {
  const sheets: CSSStyleSheet[] = [];
  const create = document.createElement;
  document.createElement = function createElement(
    this: Document,
    name: string,
    options?: ElementCreationOptions,
  ) {
    if (name !== 'style') return create.call(this, name, options);
    // An empty style element is refused as well; a template is as invisible.
    const element = create.call(this, 'template');
    const sheet = new CSSStyleSheet();
    sheets.push(sheet);
    document.adoptedStyleSheets.push(sheet);
    Object.defineProperty(element, 'textContent', { set: (text: string) => void sheet.replaceSync(text) });
    return element;
  } as typeof create;
  try {
    work();
  } finally {
    document.createElement = create;
  }
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => !sheets.includes(sheet));
  };
}

/**
 * xterm gives a cell a colour of its own (24-bit, or moved for contrast) as the text of its style attribute, which the
 * policy refuses; the same through the element's own style is a script's to set.
 */
export function setStylesByScript(): void {
  const set = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function setAttribute(this: Element, name: string, value: string) {
    if (name === 'style' && this instanceof HTMLElement) this.style.cssText = value;
    else set.call(this, name, value);
  };
}

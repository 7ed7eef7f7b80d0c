interface Name {
  name: string;
  /** The target of a link; null for another file. */
  link: string | null;
}

/** As many links after each other as the kernel follows (path_resolution(7)). */
const mostLinks = 40;

/** Names in /run/netns, each with the end of its links there; one that links to another name comes behind it. */
export function followed<One extends Name>(names: readonly One[]): One[] {
  const links = new Map(names.map(({ name, link }) => [name, link]));
  return names
    .map((one) => ({ ...one, ...endOf(one.link, links) }))
    .sort((one, other) => one.depth - other.depth);
}

function endOf(first: string | null, links: ReadonlyMap<string, string | null>) {
  let link = first;
  let depth = link === null ? 0 : 1;
  for (; link !== null && depth <= mostLinks; depth++) {
    const next = links.get(nameIn(link) ?? '') ?? null;
    if (next === null) break;
    link = next;
  }
  return { link, depth };
}

/** The name in /run/netns that a link there names, if it names one. */
const nameIn = (link: string): string | undefined =>
  /^(?:(?:\/var)?\/run\/netns\/|\.\/)?([^/]+)$/.exec(link)?.[1];

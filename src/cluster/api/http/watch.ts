import type { ApiObject, WatchEvent } from '../../store/objects.ts';
import { StoreError } from '../../store/objects.ts';
import { expired } from '../request/errors.ts';
import { isTrue } from '../request/path.ts';
import type { Matches } from '../request/selectors.ts';
import { apiVersionOf, qualifiedName, type Resource } from '../resources.ts';
import { tableOf, wantsTable } from '../table/table.ts';
import type { ServerContext } from './common.ts';
import type { Exchange } from './exchange.ts';

const bookmarkEvery = 60_000;

/** Changes as they happen, one JSON document a line, until the client or its timeout ends it. */
export function watch(
  { request, response, info }: Exchange,
  { registry, settled }: ServerContext,
  resource: Resource,
  matches: Matches,
): void {
  const { store } = registry;
  const { query } = info;
  const namespace = info.resource?.namespace;
  const scope = { resource: qualifiedName(resource), namespace: resource.namespaced ? namespace : undefined };
  const table = wantsTable(request.headers.accept);
  let first = true;
  const write = (event: WatchEvent) => {
    if (response.writableEnded) return false;
    if (!table || event.type === 'BOOKMARK') return response.write(`${JSON.stringify(event)}\n`);
    const { resourceVersion = '' } = event.object.metadata;
    const rows = tableOf(resource, [event.object], query, resourceVersion);
    if (!first) rows.columnDefinitions = [];
    first = false;
    return response.write(`${JSON.stringify({ type: event.type, object: rows })}\n`);
  };
  const bookmark = (annotations?: Record<string, string>) => {
    const { object } = store.bookmark(apiVersionOf(resource), resource.kind);
    const metadata = annotations === undefined ? object.metadata : { ...object.metadata, annotations };
    write({ type: 'BOOKMARK', object: { ...object, metadata } });
  };

  const asked = query.get('resourceVersion') ?? '';
  const initial = isTrue(query.get('sendInitialEvents'));
  const fromNow = asked === '' || asked === '0' || initial;
  const since = fromNow ? store.resourceVersion : asked;
  // `kubectl wait` ends with an event: the rules that follow from it are written before.
  let last: Promise<unknown> = Promise.resolve();
  const send = (event: WatchEvent) => {
    last = last.then(() => settled(scope.resource)).then(() => write(event));
  };
  const later = () => {
    last = last.then(() => bookmark());
  };
  const stop = watched(() => store.watch(scope, since, (event) => tell(event, matches, send)));
  response.writeHead(200, { 'content-type': 'application/json', 'transfer-encoding': 'chunked' });
  response.flushHeaders();
  if (fromNow) {
    for (const object of store.list(scope)) if (matches(object)) write({ type: 'ADDED', object });
    if (initial) bookmark({ 'k8s.io/initial-events-end': 'true' });
  }
  const bookmarks = isTrue(query.get('allowWatchBookmarks'))
    ? setInterval(later, bookmarkEvery).unref()
    : undefined;
  const seconds = Number(query.get('timeoutSeconds') ?? 0) || 3600;
  const close = () => {
    stop();
    clearInterval(bookmarks);
    clearTimeout(end);
    response.end();
  };
  const end = setTimeout(close, seconds * 1000).unref();
  response.once('close', close);
  response.on('error', close);
}

function watched(begin: () => () => void): () => void {
  try {
    return begin();
  } catch (error) {
    if (error instanceof StoreError) throw expired(error.message);
    throw error;
  }
}

/** An object that a change moves into the selection is added for this watch, one moved out of it deleted. */
function tell(event: WatchEvent, matches: Matches, write: (event: WatchEvent) => void): void {
  const { type, object, before } = event;
  const now = matches(object);
  const then = before !== undefined && matches(before);
  if (type !== 'MODIFIED') {
    if (now) write({ type, object });
  } else if (now && then) write({ type, object });
  else if (now) write({ type: 'ADDED', object });
  else if (then) write({ type: 'DELETED', object: { ...object } satisfies ApiObject });
}

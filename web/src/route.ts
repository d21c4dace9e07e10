/** Where the desk stands. It lives in the address after '#', so that the node serves one page only. */
export type Route =
  | { page: 'inbox'; number?: string }
  | { page: 'case'; number: string }
  | { page: 'new' }
  | { page: 'call' }
  | { page: 'notice' }
  | { page: 'dna' }
  | { page: 'kin' }
  | { page: 'samples' }
  | { page: 'audit' }
  | { page: 'runs'; number?: string }
  | { page: 'register'; index?: number }
  | { page: 'messages'; id?: string }
  | { page: 'shift' }
  | { page: 'find' }
  | { page: 'statistics' }
  | { page: 'directory' }
  | { page: 'protection' }
  | { page: 'security' }
  | { page: 'persons'; number?: string }
  | { page: 'claims'; number?: string }
  | { page: 'health' }
  | { page: 'account' }
  | { page: 'accounts' }
  | { page: 'treaty'; article?: number; provision?: string };

export function read_route(hash: string): Route {
  const [page, raw, more] = hash.replace(/^#\/?/, '').split('/', 3);
  const rest = decoded(raw);
  if (page === 'case' && rest) return { page, number: rest };
  if (page === 'new' || page === 'call' || page === 'notice' || page === 'dna' || page === 'kin' || page === 'samples' || page === 'audit' || page === 'shift' || page === 'find' || page === 'protection' || page === 'security' || page === 'statistics' || page === 'directory' || page === 'health' || page === 'account' || page === 'accounts') return { page };
  if (page === 'runs' || page === 'persons' || page === 'claims') return rest ? { page, number: rest } : { page };
  if (page === 'register') return rest && /^\d{1,15}$/.test(rest) ? { page, index: Number(rest) } : { page };
  if (page === 'treaty') return treaty_route(rest, decoded(more));
  if (page === 'messages') return rest ? { page, id: rest } : { page };
  return page === 'inbox' && rest ? { page, number: rest } : { page: 'inbox' };
}

function treaty_route(article: string | undefined, provision: string | undefined): Route {
  if (!article || !/^\d{1,2}$/.test(article) || Number(article) > 42) return { page: 'treaty' };
  return { page: 'treaty', article: Number(article), ...(provision ? { provision } : {}) };
}

export function write_route(route: Route): string {
  if (route.page === 'treaty') {
    const parts = [route.article, route.provision].filter((it) => it !== undefined);
    return ['#/treaty', ...parts.map((it) => encodeURIComponent(it))].join('/');
  }
  const rest = 'number' in route ? route.number : 'id' in route ? route.id : 'index' in route ? route.index : undefined;
  return rest === undefined ? `#/${route.page}` : `#/${route.page}/${encodeURIComponent(rest)}`;
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined; // A stray percent sign typed by hand.
  }
}

/** What was said by word of mouth stands in a case too, and came with no message. */
export function is_message_id(id: string | undefined): id is string {
  return id !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
}

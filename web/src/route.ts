/** Where the desk stands. It lives in the address after '#', so that the node serves one page only. */
export type Route =
  | { page: 'inbox'; number?: string }
  | { page: 'case'; number: string }
  | { page: 'new' }
  | { page: 'register'; index?: number }
  | { page: 'messages'; id?: string };

export function read_route(hash: string): Route {
  const [page, raw] = hash.replace(/^#\/?/, '').split('/', 2);
  const rest = decoded(raw);
  if (page === 'case' && rest) return { page, number: rest };
  if (page === 'new') return { page };
  if (page === 'register') return rest && /^\d{1,15}$/.test(rest) ? { page, index: Number(rest) } : { page };
  if (page === 'messages') return rest ? { page, id: rest } : { page };
  return page === 'inbox' && rest ? { page, number: rest } : { page: 'inbox' };
}

export function write_route(route: Route): string {
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

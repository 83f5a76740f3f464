/** What a file of Next.js is by its path. */
export interface NextPlace {
  readonly kind: 'route' | 'api' | 'middleware';
  /** The folder of the application, with `/` behind it; `''` at the top. */
  readonly root: string;
  /** What it answers: `/api/users/:id`; `''` for middleware. */
  readonly path: string;
}

const ROUTE = /^(.*?)(?:src\/)?app\/(.*\/)?route\.[jt]sx?$/;
const API = /^(.*?)(?:src\/)?pages\/(api\/.*|api)\.[jt]sx?$/;
const MIDDLEWARE = /^(.*?)(?:src\/)?(?:middleware|proxy)\.[jt]s$/;

export function nextPlace(file: string): NextPlace | undefined {
  const route = ROUTE.exec(file);
  if (route && endsFolder(route[1]))
    return { kind: 'route', root: route[1] ?? '', path: addressOf(route[2] ?? '') };
  const api = API.exec(file);
  if (api && endsFolder(api[1]) && !/\.(?:test|spec|d)$/.test(api[2] ?? ''))
    return { kind: 'api', root: api[1] ?? '', path: addressOf((api[2] ?? '').replace(/\/index$/, '')) };
  const middleware = MIDDLEWARE.exec(file);
  return middleware && endsFolder(middleware[1])
    ? { kind: 'middleware', root: middleware[1] ?? '', path: '' }
    : undefined;
}

function endsFolder(before: string | undefined): boolean {
  return before === '' || before?.endsWith('/') === true;
}

/** `(shop)/items/[id]` is `/items/:id`; `[...slug]` is `:slug*`. */
function addressOf(folders: string): string {
  const segments = folders
    .split('/')
    .filter((segment) => segment !== '' && !/^\(.*\)$/.test(segment) && !segment.startsWith('@'))
    .map((segment) => segment.replace(/^\[\[?\.\.\.(.+?)\]\]?$/, ':$1*').replace(/^\[(.+)\]$/, ':$1'));
  return `/${segments.join('/')}`;
}

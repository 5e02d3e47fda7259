/** Where users sign in; what is there stands in routes.ts, as for every other path. */
export const SIGN_IN = '/sign-in';

/** Pages that the server serves itself and that are no part of this application. */
const PAGES_APART = ['/graphiql'];

let href = $state(window.location.href);
const url = $derived(new URL(href));

window.addEventListener('popstate', () => (href = window.location.href));

/** Where the browser is, as state. */
export const currentUrl = {
  get path(): string {
    return url.pathname;
  },
  get search(): URLSearchParams {
    return url.searchParams;
  },
  /** With its "#", or empty. */
  get fragment(): string {
    return url.hash;
  },
};

export function navigate(to: string, { replace = false } = {}): void {
  const { href: target, pathname } = new URL(to, window.location.href);
  if (target === window.location.href) return;
  if (PAGES_APART.includes(pathname)) {
    if (replace) window.location.replace(target);
    else window.location.assign(target);
    return;
  }
  if (replace) window.history.replaceState(null, '', target);
  else window.history.pushState(null, '', target);
  href = target;
}

/** Lets plain clicks on links of ours change the page without a reload. */
export function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element).closest('a');
  if (!link || link.origin !== window.location.origin || link.target || link.hasAttribute('download')) return;
  if (link.hash || link.dataset.reload !== undefined) return;
  event.preventDefault();
  navigate(link.href);
}

/** The path to come back to after signing in; anything that leads elsewhere becomes the start page. */
export function safeReturnPath(path: string | null): string {
  if (!path?.startsWith('/')) return '/';
  const target = URL.canParse(path, window.location.origin) ? new URL(path, window.location.origin) : null;
  // A path that begins with // would name another host.
  if (target?.origin !== window.location.origin || target.pathname.startsWith('//')) return '/';
  return target.pathname + target.search;
}

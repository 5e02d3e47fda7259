import { authorization } from './api/authorization';
import { client, mutate } from './api/client';
import { failureCode } from './api/failure';
import { currentUrl, SIGN_IN } from './location.svelte';
import {
  RefreshSessionDocument,
  SignOutDocument,
  ViewerDocument,
  type Permission,
  type SessionPartsFragment,
  type ViewerPartsFragment,
} from './api/generated/graphql';

type SessionStatus = 'starting' | 'unreachable' | 'signed-out' | 'signed-in';

const ENDED = 'Your session has ended. Please sign in again.';
const NOT_CONTINUED = 'Your session could not be continued. Please sign in.';
const RENEW_BEFORE_EXPIRY_MS = 60_000;
const LONGEST_TIMER_MS = 24 * 60 * 60 * 1000;

class Session {
  status = $state<SessionStatus>('starting');
  viewer = $state.raw<ViewerPartsFragment | null>(null);
  /** One sentence for the sign-in page that says why it appears. */
  notice = $state<string | null>(null);
  /** After signing out on purpose, the next sign-in does not lead back to the page that was open. */
  leftOnPurpose = $state(false);

  /** Who was signed in when the session expired. */
  interruptedUsername: string | null = null;

  readonly #beforeInterruption = new Set<(viewerId: string) => void>();
  #viewerInCache: { unsubscribe(): void } | undefined;
  #renewal: Promise<boolean> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #otherTabs = new BroadcastChannel('rolecall-session');

  constructor() {
    authorization.renew = () => this.renew();
    authorization.permissionsChanged = () => void this.#reloadViewer();
    this.#otherTabs.onmessage = ({ data }) => this.#followOtherTab(data);
  }

  may(permission: Permission): boolean {
    return this.viewer?.permissions.includes(permission) ?? false;
  }

  /**
   * Calls back when the session ends without a sign-out in this tab, so that drafts can be kept.
   * @returns a function that ends the subscription
   */
  beforeInterruption(keep: (viewerId: string) => void): () => void {
    this.#beforeInterruption.add(keep);
    return () => this.#beforeInterruption.delete(keep);
  }

  /** Continues the session that the browser's cookie stands for, if there is one. */
  async start(): Promise<void> {
    // Who tries again, by the button or by a reload, expects to go on, and is told why they cannot.
    const isRetry = this.status === 'unreachable' || wasReloaded();
    this.status = 'starting';
    try {
      if (!(await this.renew()) && isRetry) this.notice ??= NOT_CONTINUED;
    } catch {
      this.status = 'unreachable';
    }
  }

  async accept(session: SessionPartsFragment): Promise<void> {
    await this.#take(session);
    this.notice = null;
    this.#otherTabs.postMessage('signed-in');
  }

  async signOut(): Promise<void> {
    try {
      await mutate(SignOutDocument, {});
    } catch (error) {
      if (failureCode(error) !== 'UNAUTHENTICATED') throw error;
    }
    this.#otherTabs.postMessage('signed-out');
    this.leftOnPurpose = true;
    await this.#end(null);
  }

  /** One renewal at a time, over all tabs: each uses up the cookie that the last one set. */
  renew(): Promise<boolean> {
    this.#renewal ??= this.#exclusively(() => this.#refresh()).finally(() => (this.#renewal = null));
    return this.#renewal;
  }

  #exclusively(renewal: () => Promise<boolean>): Promise<boolean> {
    // Browsers offer locks only over https and on localhost.
    return 'locks' in navigator ? navigator.locks.request('rolecall-session', renewal) : renewal();
  }

  async #refresh(): Promise<boolean> {
    const { refreshSession } = await mutate(RefreshSessionDocument, {});
    if (!refreshSession.session) {
      await this.#end(this.viewer ? ENDED : this.notice);
      return false;
    }
    await this.#take(refreshSession.session);
    return true;
  }

  async #take({ accessToken, expiresAt, viewer }: SessionPartsFragment): Promise<void> {
    const isSomeoneElse = this.viewer !== null && this.viewer.user.id !== viewer.user.id;
    if (isSomeoneElse) await client.clearStore();
    authorization.accessToken = accessToken;
    this.viewer = viewer;
    this.leftOnPurpose = false;
    this.interruptedUsername = null;
    this.status = 'signed-in';
    client.writeQuery({ query: ViewerDocument, data: { viewer } });
    this.#followViewer();
    this.#renewBefore(expiresAt);
  }

  /** The cache knows the newest name of the signed-in user, also after an edit on the users page. */
  #followViewer(): void {
    // Subscribed anew each time, because clearing the store ends every watch.
    this.#viewerInCache?.unsubscribe();
    this.#viewerInCache = client
      .watchQuery({ query: ViewerDocument, fetchPolicy: 'cache-only' })
      .subscribe(({ data, dataState }) => {
        if (dataState === 'complete' && data.viewer) this.viewer = data.viewer;
      });
  }

  #renewBefore(expiresAt: string): void {
    clearTimeout(this.#timer);
    const delay = Date.parse(expiresAt) - Date.now() - RENEW_BEFORE_EXPIRY_MS;
    // When the clock of this device is wrong, there is no timer: the first request that fails renews.
    if (delay <= 0 || delay > LONGEST_TIMER_MS) return;
    this.#timer = setTimeout(() => {
      // A tab in the background does not keep a session alive.
      if (!document.hidden) this.renew().catch(() => {});
    }, delay);
  }

  async #reloadViewer(): Promise<void> {
    await client.query({ query: ViewerDocument, fetchPolicy: 'network-only' }).catch(() => {});
  }

  async #end(notice: string | null): Promise<void> {
    clearTimeout(this.#timer);
    if (this.viewer && !this.leftOnPurpose) {
      for (const keep of this.#beforeInterruption) keep(this.viewer.user.id);
      this.interruptedUsername = this.viewer.user.username;
    }
    this.#viewerInCache?.unsubscribe();
    authorization.accessToken = null;
    this.viewer = null;
    this.notice = notice;
    this.status = 'signed-out';
    await client.clearStore();
  }

  #followOtherTab(message: unknown): void {
    if (message === 'signed-out' && this.status === 'signed-in')
      void this.#end('You signed out in another tab.');
    if (message === 'signed-in') this.renew().catch(() => {});
  }
}

function wasReloaded(): boolean {
  const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return visit?.type === 'reload' && currentUrl.path !== SIGN_IN;
}

export const session = new Session();

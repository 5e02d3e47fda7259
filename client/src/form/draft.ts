import { onMount } from 'svelte';
import { session } from '../session.svelte';

/**
 * Keeps what a user was typing when their session expired, and returns it to the same user once they have
 * signed in again in this tab. It is kept in memory only and must never hold a password.
 */
export class Draft<Work> {
  #kept: { viewerId: string; work: Work } | null = null;

  /**
   * Keeps the work when the session expires while the component that calls this exists.
   * @param current what to keep then, or null
   */
  keepFrom(current: () => Work | null): void {
    onMount(() =>
      session.beforeInterruption((viewerId) => {
        const work = current();
        if (work !== null) this.#kept = { viewerId, work };
      }),
    );
  }

  /** Returns what was kept for the viewer, once. */
  take(): Work | null {
    const kept = this.#kept;
    this.#kept = null;
    return kept && kept.viewerId === session.viewer?.user.id ? kept.work : null;
  }
}

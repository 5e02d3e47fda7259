/**
 * What somebody was typing when the session ended by itself: given back to the same user after signing in
 * again in this tab. Kept in memory only, and never holds a password.
 */
export class UnfinishedWork<Work> {
  #kept: { viewerId: string; work: Work } | null = null;

  keep(viewerId: string, work: Work): void {
    this.#kept = { viewerId, work };
  }

  take(viewerId: string | undefined): Work | null {
    const kept = this.#kept;
    this.#kept = null;
    return kept?.viewerId === viewerId ? (kept?.work ?? null) : null;
  }
}

/**
 * Keeps what a user was typing when their session expired, and returns it to the same user once they have
 * signed in again in this tab. It is kept in memory only and must never hold a password.
 */
export class Draft<Work> {
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

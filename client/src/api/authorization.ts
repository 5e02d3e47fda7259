/** What requests need of the session; the session fills it in, so that imports point one way. */
export interface Authorization {
  /** Kept in memory only: nothing that a script could read survives a reload. */
  accessToken: string | null;
  /** Resolves to false when the session is over; rejects when the server cannot be reached. */
  renew(): Promise<boolean>;
  /** Called when the server refuses what the page thought allowed. */
  permissionsChanged(): void;
}

export const authorization: Authorization = {
  accessToken: null,
  renew: () => Promise.resolve(false),
  permissionsChanged: () => {},
};

/** What requests need of the session. The session fills it in, because api must not import it. */
export interface Authorization {
  /** Kept in memory only: nothing that a script could read survives a reload. */
  accessToken: string | null;
  /** Resolves to false when the session is over; rejects when the server cannot be reached. */
  renew(): Promise<boolean>;
  /** Called when the server answers FORBIDDEN: the permissions that the page knows are out of date. */
  permissionsChanged(): void;
}

export const authorization: Authorization = {
  accessToken: null,
  renew: () => Promise.resolve(false),
  permissionsChanged: () => {},
};

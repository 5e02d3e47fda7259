/** The session of the admin page, continued here with the same cookie. */

const RENEW_BEFORE_EXPIRY_MS = 60_000;

const REFRESH = `
  mutation RefreshSession {
    refreshSession(input: {}) {
      session {
        accessToken
        expiresAt
        viewer { user { firstName lastName } organization { name } }
      }
      userErrors { message }
    }
  }
`;

const channel = new BroadcastChannel('rolecall-session');

let session = null;
let renewAt = 0;
let tellPage = () => {};

/** Calls back with the viewer, or null, now and whenever that changes. */
export async function followSession(callback) {
  tellPage = callback;
  channel.onmessage = ({ data }) => (data === 'signed-out' ? keep(null) : renewSession());
  await renewSession();
}

/** @returns an access token with some time left, or null when nobody is signed in */
export async function currentAccessToken() {
  if (session && Date.now() > renewAt) await renewSession();
  return session?.accessToken ?? null;
}

/** One renewal at a time over all tabs: each uses up the cookie that the last one set. */
export function renewSession() {
  // Browsers offer locks only over https and on localhost.
  return navigator.locks ? navigator.locks.request('rolecall-session', refresh) : refresh();
}

async function refresh() {
  const response = await fetch('/graphql', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: REFRESH }),
  });
  const { data } = await response.json();
  keep(data?.refreshSession.session ?? null);
}

function keep(next) {
  session = next;
  renewAt = next ? Date.parse(next.expiresAt) - RENEW_BEFORE_EXPIRY_MS : 0;
  // When the clock of this device is ahead, every token looks expired; use it and renew after a 401.
  if (renewAt < Date.now()) renewAt = Infinity;
  tellPage(next?.viewer ?? null);
}

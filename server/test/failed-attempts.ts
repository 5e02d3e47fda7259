import { Algorithm, hash } from '@node-rs/argon2';
import { toDate } from '../src/database/sql';
import { rowIdOf, PASSWORD, type BuiltUser } from './builders';
import type { TestService } from './harness';
import { rowsOf } from './stored-rows';

export const WRONG = 'Wrong-Horse';

/** How many wrong passwords an account may have before it is blocked for a second. */
export const FREE_ATTEMPTS = 10;

/** How many wrong passwords an address may have before it is blocked. */
export const FREE_ATTEMPTS_OF_ADDRESS = 100;

const HOUR = 3_600_000;

const SIGN_IN = `mutation ($input: SignInInput!) {
  signIn(input: $input) { session { accessToken } challenge { token } userErrors { code field message } }
}`;

export interface Attempt {
  readonly username: string;
  readonly password?: string;
  /** The cookie that the browser sends. */
  readonly cookie?: string | null;
  /** The address that the proxy saw; the service must trust 127.0.0.1. */
  readonly from?: string;
  readonly withRefreshToken?: boolean;
}

export interface AttemptAnswer {
  readonly signedIn: boolean;
  /** Status and body, unchanged. */
  readonly bytes: string;
  /** As a browser would send it back, or null when none was set. */
  readonly deviceCookie: string | null;
  readonly setCookies: readonly string[];
}

export async function attempt(
  service: TestService,
  { cookie, from, ...input }: Attempt,
): Promise<AttemptAnswer> {
  const response = await fetch(service.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(cookie ? { cookie } : {}),
      ...(from ? { 'x-forwarded-for': from } : {}),
    },
    body: JSON.stringify({ query: SIGN_IN, variables: { input: { password: PASSWORD, ...input } } }),
  });
  const body = await response.text();
  const setCookies = response.headers.getSetCookie();
  const device = setCookies.find((setCookie) => setCookie.startsWith('rolecall-device='));
  return {
    signedIn: /"accessToken":"\w/.test(body),
    bytes: `${response.status} ${body}`,
    deviceCookie: device?.split(';')[0] ?? null,
    setCookies,
  };
}

/** Sends this many wrong passwords, one after the other. */
export async function failToSignIn(service: TestService, times: number, what: Attempt): Promise<void> {
  for (let time = 0; time < times; time += 1) await attempt(service, { ...what, password: WRONG });
}

/** For how long (ms) the last failed attempt of a stored counter still counts. */
export function timeUntilExpiry(service: TestService, row: Record<string, unknown>): number {
  return toDate(row.forgotten_at as string).getTime() - service.now().getTime();
}

/** How many failed attempts each counter of a user still holds; sorted, without those that hold none. */
export async function failedAttemptsOf(service: TestService, { id }: BuiltUser): Promise<number[]> {
  const rows = await rowsOf(service, 'sign_in_throttle');
  return rows
    .filter((row) => row.user_id === rowIdOf(id))
    .map((row) => Math.ceil(timeUntilExpiry(service, row) / HOUR))
    .filter((failures) => failures > 0)
    .sort((a, b) => a - b);
}

/** Of PASSWORD, with the least cost, so that hundreds of attempts take less than a minute. */
export function cheapHash(): Promise<string> {
  return hash(PASSWORD, { algorithm: Algorithm.Argon2id, memoryCost: 8, timeCost: 1 });
}

import { randomBytes } from 'node:crypto';
import { totp } from 'speakeasy';

/** RFC 6238: 30-second steps, six digits, SHA-1, which is what every authenticator app supports. */
const STEP_SECONDS = 30;

/** The codes of so many steps before and after this one are accepted, because clocks differ (RFC 6238, 5.2). */
const WINDOW = 1;

/** RFC 4226 recommends 160 bits. */
const SECRET_BYTES = 20;

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A new secret in base32 (RFC 4648); speakeasy's own generator is biased. */
export function newTotpSecret(): string {
  const bits = [...randomBytes(SECRET_BYTES)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits.replace(/.{5}/g, (five) => BASE32[parseInt(five, 2)]!);
}

/** Characters of a percent-encoded name, so that the picture of the whole URI stays one that cameras read. */
const LONGEST_NAME = 240;

/**
 * What an authenticator app reads from the QR code. It says nothing that apps take for granted, because every
 * character makes the picture finer. Key URI Format of Google Authenticator.
 */
export function otpauthUri(secret: string, username: string, issuer: string): string {
  const organization = uriName(issuer);
  const account = uriName(username);
  if (organization === '') return `otpauth://totp/${account}?secret=${secret}`;
  return `otpauth://totp/${organization}:${account}?secret=${secret}&issuer=${organization}`;
}

/** Without colons, because apps split the label at the first one, encoded or not; a long name ends in "…". */
function uriName(name: string): string {
  const plain = name.replaceAll(':', ' ').replace(/\s+/g, ' ').trim();
  const encoded = encodeURIComponent(plain);
  if (encoded.length <= LONGEST_NAME) return encoded;
  let cut = '';
  for (const character of plain) {
    const longer = cut + encodeURIComponent(character);
    if (longer.length > LONGEST_NAME) break;
    cut = longer;
  }
  return cut + encodeURIComponent('…');
}

/**
 * The step whose code this is, or null. Accepts only six plain digits, because speakeasy would take
 * "  5563" for 005563.
 */
export function matchingTotpStep(secret: string, code: string, now: Date): number | null {
  if (!/^[0-9]{6}$/.test(code) || secret === '') return null;
  const seconds = Math.floor(now.getTime() / 1000);
  const match = totp.verifyDelta({
    secret,
    encoding: 'base32',
    token: code,
    digits: 6,
    step: STEP_SECONDS,
    time: seconds,
    window: WINDOW,
  });
  return match ? Math.floor(seconds / STEP_SECONDS) + match.delta : null;
}

import { encode } from 'uqr';
import { randomBytes } from 'node:crypto';
import { encrypt, decrypt } from '../src/crypto/encryption';
import { deriveKeys } from '../src/crypto/secret-keys';
import { matchingTotpStep, newTotpSecret, otpauthUri } from '../src/mfa/totp';
import { totpCode } from './mfa-builders';

/** "12345678901234567890" of RFC 6238, appendix B, in base32. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('the codes of RFC 6238, appendix B, cut to six digits', () => {
  test.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ])('at %i seconds the code is %s', (seconds, code) => {
    const step = Math.floor(seconds / 30);
    expect(matchingTotpStep(RFC_SECRET, code, new Date(seconds * 1000))).toBe(step);
    expect(totpCode(RFC_SECRET, step)).toBe(code);
  });
});

describe('the window', () => {
  const step = 50_000_000;
  const [first, last] = [new Date(step * 30_000), new Date(step * 30_000 + 29_999)];

  test.each([
    ['two steps late', -2, null],
    ['one step late', -1, step - 1],
    ['on time', 0, step],
    ['one step early', 1, step + 1],
    ['two steps early', 2, null],
  ])('a code %s answers its own step or nothing', (_when, later, answer) => {
    const secret = newTotpSecret();
    const code = totpCode(secret, step + later);
    for (const now of [first, last]) expect(matchingTotpStep(secret, code, now)).toBe(answer);
  });

  test('of all codes only three are good at a time', () => {
    const secret = newTotpSecret();
    const codes = new Set([-1, 0, 1].map((later) => totpCode(secret, step + later)));
    const tried = Array.from({ length: 3000 }, (_, index) => String(index * 331).padStart(6, '0'));
    const taken = tried.filter((code) => matchingTotpStep(secret, code, first) !== null);
    expect(taken.filter((code) => !codes.has(code))).toEqual([]);
  });
});

describe('only six plain digits are a code', () => {
  // At this time the code begins with two zeros, which lenient readers leave out.
  const now = new Date(1234567890 * 1000);
  const FULL_WIDTH = '００５９２４';
  const ARABIC = '٠٠٥٩٢٤';

  test.each([
    ['nothing', ''],
    ['five digits', '05924'],
    ['four digits', '5924'],
    ['seven digits', '0005924'],
    ['seven digits, the last one too many', '0059240'],
    ['eight digits of the RFC', '89005924'],
    ['full-width digits', FULL_WIDTH],
    ['Arabic digits', ARABIC],
    ['spaces for zeros', '  5924'],
    ['a space before', ' 005924'],
    ['a space after', '005924 '],
    ['a space within', '005 924'],
    ['a line feed after', '005924\n'],
    ['a plus', '+05924'],
    ['a minus', '-05924'],
    ['a decimal point', '5924.0'],
    ['an exponent', '5924e0'],
    ['hexadecimal', '0x1724'],
    ['a letter O', 'OO5924'],
    ['letters', 'abcdef'],
    ['a NUL', '005924\u0000'],
    ['a zero-width space', '005924\u200b'],
    ['ten thousand digits', '005924'.repeat(2000)],
  ])('refuses %s', (_what, code) => {
    expect(matchingTotpStep(RFC_SECRET, code, now)).toBeNull();
  });

  test('takes the code itself', () => {
    expect(matchingTotpStep(RFC_SECRET, '005924', now)).not.toBeNull();
  });
});

test('without a secret no code is good', () => {
  const now = new Date();
  for (let code = 0; code < 1000; code += 1) {
    expect(matchingTotpStep('', String(code).padStart(6, '0'), now)).toBeNull();
  }
  expect(matchingTotpStep('', totpCode('AA', Math.floor(now.getTime() / 30_000)), now)).toBeNull();
});

describe('a new secret', () => {
  const secrets = Array.from({ length: 2000 }, newTotpSecret);

  test('has 160 bits in 32 characters of base32, and never comes twice', () => {
    for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(new Set(secrets).size).toBe(secrets.length);
  });

  test('favours no character', () => {
    const counts = new Map<string, number>();
    for (const character of secrets.join('')) counts.set(character, (counts.get(character) ?? 0) + 1);
    expect(counts.size).toBe(32);
    // 2000 of each are expected; the standard deviation is 44.
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(350);
  });
});

describe('the otpauth URI', () => {
  test.each([
    ['plain', 'Acme', 'ada@example.com'],
    ['spaces', 'Acme Trading Company', 'ada@example.com'],
    ['a colon', 'Acme: East', 'ada@example.com'],
    ['umlauts', 'Größe & Söhne', 'ädmin@example.com'],
    ['what URIs use themselves', 'A/B?c=d&e#f%20+g', "o'brien+test@example.com"],
    ['emoji and Chinese', '😀 公司', '用户@example.com'],
  ])('says issuer and username with %s', (_what, issuer, username) => {
    const secret = newTotpSecret();
    const uri = new URL(otpauthUri(secret, username, issuer));
    expect(uri.protocol).toBe('otpauth:');
    expect(uri.host).toBe('totp');
    const parts = uri.pathname.slice(1).split(':');
    const shown = [issuer, username].map((name) => name.replace(': ', ' '));
    expect(parts.map(decodeURIComponent)).toEqual(shown);
    // The algorithm, the digits and the period are what apps take for granted.
    expect(Object.fromEntries(uri.searchParams)).toEqual({ secret, issuer: shown[0] });
    // Authenticator apps show a plus as a plus, so a space must be %20.
    expect(uri.search).not.toContain('+');
  });

  test.each([
    [':Acme:', 'Acme'],
    ['Acme::East : West', 'Acme East West'],
    ['a:b', 'a b'],
  ])('has no colon in the name %s', (name, shown) => {
    const uri = new URL(otpauthUri(newTotpSecret(), name, name));
    expect(uri.pathname.slice(1).split(':').map(decodeURIComponent)).toEqual([shown, shown]);
    expect(uri.searchParams.get('issuer')).toBe(shown);
  });

  test('names no issuer when nothing is left of its name', () => {
    const uri = new URL(otpauthUri(newTotpSecret(), 'ada@example.com', ' : '));
    expect(decodeURIComponent(uri.pathname)).toBe('/ada@example.com');
    expect(uri.searchParams.has('issuer')).toBe(false);
  });

  test.each(['公', '😀', 'ü', 'x'])(
    'stays a picture that cameras read, however many %s a name has',
    (character) => {
      const uri = otpauthUri(newTotpSecret(), `${character.repeat(242)}@example.com`, character.repeat(200));
      expect(encode(uri).version).toBeLessThan(25);
      const [issuer] = new URL(uri).pathname.slice(1).split(':');
      expect(decodeURIComponent(issuer!)).toMatch(new RegExp(`^(${character})+…?$`, 'u'));
    },
  );

  test('of usual names is a picture of version 6 at most', () => {
    const uri = otpauthUri(newTotpSecret(), 'ada.lovelace@example.com', 'Acme Trading');
    expect(encode(uri).version).toBeLessThan(7);
  });
});

describe('an encrypted text', () => {
  const key = deriveKeys('one secret of more than thirty-two bytes').totp;
  const otherKey = deriveKeys('another secret of more than 32 bytes').totp;
  const text = newTotpSecret();
  const encrypted = encrypt(key, 'totp:7', text);

  test('opens with its key for its owner', () => {
    expect(decrypt(key, 'totp:7', encrypted)).toBe(text);
    expect(decrypt(key, '', encrypt(key, '', ''))).toBe('');
    expect(decrypt(key, 'ü', encrypt(key, 'ü', '😀'))).toBe('😀');
  });

  test('does not open with another key', () => {
    expect(() => decrypt(otherKey, 'totp:7', encrypted)).toThrow();
    expect(() =>
      decrypt(deriveKeys('one secret of more than thirty-two bytes').mail, 'totp:7', encrypted),
    ).toThrow();
  });

  test('does not open for another owner', () => {
    for (const owner of ['totp:8', 'totp:77', 'totp:', '', 'mail:7']) {
      expect(() => decrypt(key, owner, encrypted)).toThrow();
    }
  });

  test('does not open with any bit changed', () => {
    const bytes = Buffer.from(encrypted, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => decrypt(key, 'totp:7', changed.toString('base64url'))).toThrow();
    }
  });

  test('does not open when bytes are missing or too many', () => {
    const bytes = Buffer.from(encrypted, 'base64url');
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => decrypt(key, 'totp:7', bytes.subarray(0, length).toString('base64url'))).toThrow();
    }
    const longer = Buffer.concat([bytes, randomBytes(1)]);
    expect(() => decrypt(key, 'totp:7', longer.toString('base64url'))).toThrow();
  });

  test('looks different every time and shows nothing of the text', () => {
    const many = Array.from({ length: 100 }, () => encrypt(key, 'totp:7', text));
    expect(new Set(many).size).toBe(100);
    expect(many.join()).not.toContain(text.slice(0, 8));
  });
});

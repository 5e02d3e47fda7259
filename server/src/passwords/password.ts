import { Algorithm, hash, verify } from '@node-rs/argon2';

/** OWASP's argon2id parameters; a hash takes about 25 ms on a thread of its own. */
const ARGON2ID = { algorithm: Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

let hashOfNothing: Promise<string> | null = null;

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), ARGON2ID);
}

/** Hashes also when no user matches, so that time tells nothing. ASVS 6.3.8. */
export async function passwordMatches(password: string, passwordHash: string | null): Promise<boolean> {
  hashOfNothing ??= hashPassword('');
  const matches = await verify(passwordHash ?? (await hashOfNothing), password.normalize('NFKC'));
  return matches && passwordHash !== null;
}

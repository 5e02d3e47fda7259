import { Algorithm, hash, verify } from '@node-rs/argon2';

/** OWASP's argon2id parameters; a hash takes about 25 ms on a thread of its own. */
const ARGON2ID = { algorithm: Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

let decoyHash: Promise<string> | null = null;

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), ARGON2ID);
}

/** Verifies a decoy hash when there is no user, so that the time does not tell whether there is one. ASVS 6.3.8. */
export async function passwordMatches(password: string, passwordHash: string | null): Promise<boolean> {
  decoyHash ??= hashPassword('');
  const matches = await verify(passwordHash ?? (await decoyHash), password.normalize('NFKC'));
  return matches && passwordHash !== null;
}

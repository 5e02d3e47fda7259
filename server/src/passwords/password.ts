import { Algorithm, hash, verify } from '@node-rs/argon2';
import type { Turns } from '../background/bounded-queue';

/** Where passwords are hashed: each hash waits for its turn. */
interface Hashing {
  readonly hashing: Turns;
}

/** OWASP's argon2id parameters; a hash takes about 25 ms on a thread of its own. */
const ARGON2ID = { algorithm: Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

let decoyHash: Promise<string> | null = null;

/** @throws GraphQLError OVERLOADED when too many requests want a hash at once */
export function hashPassword({ hashing }: Hashing, password: string): Promise<string> {
  return hashing.take(() => hashPasswordNow(password));
}

/** For the command line and the demo, which serve one person. */
export function hashPasswordNow(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), ARGON2ID);
}

/**
 * Verifies a decoy hash when there is no user, so that the time does not tell whether there is one. ASVS 6.3.8.
 * @throws GraphQLError OVERLOADED when too many requests want a hash at once
 */
export async function passwordMatches(
  { hashing }: Hashing,
  password: string,
  passwordHash: string | null,
): Promise<boolean> {
  const matches = await hashing.take(() => verifyNow(password, passwordHash));
  return matches && passwordHash !== null;
}

/** Takes as long as passwordMatches, for an attempt that is refused anyway, and takes nobody's turn. */
export function pretendToMatch({ hashing }: Hashing, password: string): Promise<void> {
  return hashing.pretend(() => verifyNow(password, null));
}

async function verifyNow(password: string, passwordHash: string | null): Promise<boolean> {
  decoyHash ??= hashPasswordNow('');
  return verify(passwordHash ?? (await decoyHash), password.normalize('NFKC'));
}

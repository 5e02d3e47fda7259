import type { EntityManager } from 'typeorm';
import { violatesUnique } from '../database/driver-error';
import { insertRow } from '../database/insert-row';
import { transaction } from '../database/transaction';
import { failure, overloaded } from '../errors';
import type { SignedInContext } from '../request/request-context';
import { IdempotencyKey, type KeptAnswer } from './idempotency-key.entity';
import { hashOfInput, hashOfKey } from './input-hash';

/** For so long (ms) a call may be repeated. */
export const KEY_LIFETIME = 24 * 60 * 60_000;

const MAXIMUM_KEY = 191;
const FIELD = ['input', 'idempotencyKey'];

/** What inputs say about it. */
export const IDEMPOTENCY_KEY =
  `Makes the call safe to repeat: 1 to ${MAXIMUM_KEY} characters that the viewer uses for this call alone. For 24 hours ` +
  'the same input with the same key is answered as it was before and does nothing more. A refused call does not use it up.';

/** What is kept of an answer, which is never a secret, and how the answer is made of it again. */
export interface RepeatableAnswer<Answer, Recalled> {
  readonly keep: (answer: Answer) => KeptAnswer;
  readonly recall: (context: SignedInContext, kept: KeptAnswer) => Promise<Recalled>;
}

interface Call {
  readonly mutation: string;
  readonly input: { readonly idempotencyKey?: string | null };
}

/** A call as the table has it. */
type HashedCall = Pick<IdempotencyKey, 'userId' | 'keyHash' | 'inputHash'>;

/** Another call with this key was carried out while this one was under way. */
class KeyInUse extends Error {}

/** So often a key is found to be in use, and gone when it is looked for. */
const MAXIMUM_ATTEMPTS = 3;

/**
 * Carries a mutation out at most once for each idempotency key of the viewer, on any number of instances; without a
 * key, every time. It must write in one viewerTransaction, in which the key is kept with the change or neither is.
 * @throws UserErrors IDEMPOTENCY_KEY_REUSED, and REQUIRED or TOO_LONG for a key that is none
 */
export async function repeatable<Answer, Recalled>(
  context: SignedInContext,
  { mutation, input }: Call,
  { keep, recall }: RepeatableAnswer<Answer, Recalled>,
  carryOut: (context: SignedInContext) => Promise<Answer>,
): Promise<Answer | Recalled> {
  const { idempotencyKey, ...rest } = input;
  if (idempotencyKey === undefined || idempotencyKey === null) return carryOut(context);
  requireKey(idempotencyKey);
  const { keys, viewer, now } = context;
  const call: HashedCall = {
    userId: viewer.userId,
    keyHash: hashOfKey(keys.idempotency, idempotencyKey),
    inputHash: hashOfInput(keys.idempotency, mutation, rest),
  };
  for (let attempt = 1; attempt <= MAXIMUM_ATTEMPTS; attempt += 1) {
    const earlier = await findEarlier(context, call);
    if (earlier) return recall(context, earlier.answer);
    const once = {
      claim: (tx: EntityManager) => claimKey(tx, call, now),
      keep: (tx: EntityManager, answer: unknown) => keepAnswer(tx, call, keep(answer as Answer)),
    };
    try {
      return await carryOut({ ...context, once });
    } catch (error) {
      if (!(error instanceof KeyInUse)) throw error;
    }
  }
  throw overloaded();
}

/** @throws UserErrors */
function requireKey(idempotencyKey: string): void {
  const label = 'Idempotency key';
  if (idempotencyKey.trim() === '') throw failure('REQUIRED', FIELD, { label });
  if (idempotencyKey.length > MAXIMUM_KEY) throw failure('TOO_LONG', FIELD, { label, maximum: MAXIMUM_KEY });
}

/** @throws UserErrors IDEMPOTENCY_KEY_REUSED */
async function findEarlier(
  { database, now }: SignedInContext,
  { userId, keyHash, inputHash }: HashedCall,
): Promise<IdempotencyKey | null> {
  const earlier = await database.reader.findOneBy(IdempotencyKey, { userId, keyHash });
  if (!earlier) return null;
  if (earlier.createdAt.getTime() <= now.getTime() - KEY_LIFETIME) {
    // By its id: what has been written in its place since stays.
    await transaction(database, (tx) => tx.delete(IdempotencyKey, { id: earlier.id }));
    return null;
  }
  if (earlier.inputHash !== inputHash) throw failure('IDEMPOTENCY_KEY_REUSED', FIELD);
  return earlier;
}

/** Waits for another call with this key that is under way. @throws KeyInUse when that one was carried out */
async function claimKey(tx: EntityManager, call: HashedCall, now: Date): Promise<void> {
  try {
    await insertRow(tx, IdempotencyKey, { ...call, answer: {}, createdAt: now });
  } catch (error) {
    if (violatesUnique(error, 'uq_idempotency_key', 'idempotency_key.key_hash')) throw new KeyInUse();
    throw error;
  }
}

async function keepAnswer(
  tx: EntityManager,
  { userId, keyHash }: HashedCall,
  answer: KeptAnswer,
): Promise<void> {
  await tx.update(IdempotencyKey, { userId, keyHash }, { answer });
}

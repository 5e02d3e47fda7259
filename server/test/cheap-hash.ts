import { Algorithm, hash } from '@node-rs/argon2';
import { PASSWORD } from './builders';

/** Of the password of all tests, by Argon2 at its least cost: for tests that sign hundreds of users in. */
export const CHEAP_HASH: Promise<string> = hash(PASSWORD, {
  algorithm: Algorithm.Argon2id,
  memoryCost: 8,
  timeCost: 1,
});

import type * as Argon2 from '@node-rs/argon2';

/**
 * Argon2id as the service calls it, at its least cost: the tests hash thousands of passwords, and what a hash
 * costs says nothing about them. A test of the cost itself begins with `jest.unmock('@node-rs/argon2')`.
 */
jest.mock('@node-rs/argon2', () => {
  const argon2 = jest.requireActual<typeof Argon2>('@node-rs/argon2');
  return {
    ...argon2,
    hash: jest.fn((password: string, options: object) =>
      argon2.hash(password, { ...options, memoryCost: 8, timeCost: 1 }),
    ),
    verify: jest.fn(argon2.verify),
  };
});

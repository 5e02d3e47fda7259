import type * as Argon2 from '@node-rs/argon2';
import { verify } from '@node-rs/argon2';

/** Holds every verification of a password until it is opened; for tests that say jest.mock('@node-rs/argon2'). */
export interface HashingGate {
  /** How many verifications have begun since the gate was closed. */
  readonly begun: () => number;
  readonly open: () => void;
}

export function closeHashing(): HashingGate {
  const { verify: original } = jest.requireActual<typeof Argon2>('@node-rs/argon2');
  let begun = 0;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  jest.mocked(verify).mockImplementation(async (...args) => {
    begun += 1;
    await opened;
    return original(...args);
  });
  return {
    begun: () => begun,
    open: () => {
      open();
      jest.mocked(verify).mockImplementation(original);
    },
  };
}

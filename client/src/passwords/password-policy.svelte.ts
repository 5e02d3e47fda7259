import { fetchFresh } from '../api/client';
import { PasswordPolicyDocument, type PasswordPolicyQuery } from '../api/generated/graphql';

type Policy = PasswordPolicyQuery['passwordPolicy'];

// The product's rule, used until the server has sent its own and if it cannot; the server checks anyway.
let policy = $state.raw<Policy>({ minimumLength: 6, refusesCommon: false, refusesOwnName: false });
let loading: Promise<void> | null = null;

export const passwordPolicy = {
  get current(): Policy {
    return policy;
  },
  load(): void {
    loading ??= fetchFresh(PasswordPolicyDocument, {}).then(
      (answer) => void (policy = answer.passwordPolicy),
      () => void (loading = null),
    );
  },
};

/** What is wrong with a new password, or false. */
export function checkNewPassword(password: string): string | false {
  return !checkPassword(password).valid && 'This password does not meet the rule below.';
}

/** The parts of the rule that can be seen while typing. */
export function checkPassword(password: string): {
  long: boolean;
  lower: boolean;
  upper: boolean;
  valid: boolean;
} {
  const long = [...password].length >= policy.minimumLength;
  const lower = /\p{Ll}/u.test(password);
  const upper = /\p{Lu}/u.test(password);
  return { long, lower, upper, valid: long && lower && upper };
}

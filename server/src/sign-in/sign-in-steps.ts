import { registerEnumType } from 'type-graphql';
import type { UserView } from '../users/user-view';

/** In the order in which they are to be answered. */
export const SignInStep = {
  ENTER_MFA_CODE: 'ENTER_MFA_CODE',
  CHANGE_PASSWORD: 'CHANGE_PASSWORD',
  SET_UP_MFA: 'SET_UP_MFA',
} as const;
export type SignInStep = keyof typeof SignInStep;
registerEnumType(SignInStep, {
  name: 'SignInStep',
  description: 'What stands between a password and a session.',
  valuesConfig: {
    ENTER_MFA_CODE: {
      description: 'Answer with a code of the authenticator app, or with a recovery code.',
    },
    CHANGE_PASSWORD: { description: 'Answer with a new password.' },
    SET_UP_MFA: {
      description: 'Call startMfaSetUp and confirmMfaSetUp with the challenge token.',
    },
  },
});

/**
 * The steps that are left, by the current state of the user: a step that an administrator requires during
 * a sign-in counts too.
 * @param hasProvenMfa whether this sign-in has already passed or set up MFA
 */
export function remainingSteps(user: UserView, hasProvenMfa: boolean): SignInStep[] {
  const steps: SignInStep[] = [];
  if (user.mfaEnabled && !hasProvenMfa) steps.push('ENTER_MFA_CODE');
  if (user.forcePasswordReset) steps.push('CHANGE_PASSWORD');
  if (user.mfaRequired && !user.mfaEnabled) steps.push('SET_UP_MFA');
  return steps;
}

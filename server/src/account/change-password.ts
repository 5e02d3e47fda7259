import type { SignedInContext } from '../request/request-context';
import { currentContext } from '../sessions/viewer-transaction';
import { throwIfAny } from '../errors';
import { inputErrors } from '../validation/input-errors';
import { reauthenticate } from '../sign-in/reauthenticate';
import { changePasswordOf } from '../passwords/change-password-of';
import type { ChangePasswordInput } from './account.inputs';

/**
 * Changes the password of the viewer, who gives the old one; their other sessions end. ASVS 6.2.3.
 * @throws UserErrors
 */
export async function changePassword(
  context: SignedInContext,
  input: ChangePasswordInput,
): Promise<{ endedSessions: number }> {
  throwIfAny(await inputErrors(input));
  const { passwordHash } = await reauthenticate(context, input.currentPassword, 'currentPassword');
  const { newPassword } = input;
  return {
    endedSessions: await changePasswordOf(context, {
      currentHash: passwordHash,
      newPassword,
      field: ['input', 'newPassword'],
      check: (tx) => currentContext(tx, context),
    }),
  };
}

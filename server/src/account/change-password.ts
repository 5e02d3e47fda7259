import type { SignedInContext } from '../access/request-context';
import { refuseIfAny } from '../errors';
import { inputErrors } from '../input-errors';
import { proveIdentity } from '../sign-in/prove-identity';
import { changePasswordOf } from '../users/change-password-of';
import type { ChangePasswordInput } from './account.inputs';

/**
 * The viewer changes his password, showing the old one; his other sessions end. ASVS 6.2.3.
 * @throws UserErrors
 */
export async function changePassword(
  context: SignedInContext,
  input: ChangePasswordInput,
): Promise<{ endedSessions: number }> {
  refuseIfAny(await inputErrors(input));
  const { passwordHash } = await proveIdentity(context, input.currentPassword, 'currentPassword');
  const { newPassword } = input;
  return { endedSessions: await changePasswordOf(context, { currentHash: passwordHash, newPassword }) };
}

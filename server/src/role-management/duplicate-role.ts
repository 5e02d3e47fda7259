import { refusals } from '../access/refusals';
import type { SignedInContext } from '../access/request-context';
import { transaction } from '../database/transaction';
import { refuseIfAny } from '../errors';
import { inputErrors } from '../input-errors';
import type { Role } from '../roles/role.entity';
import { reasonsNotToEditRole } from '../roles/role.policy';
import { addRole } from './add-role';
import { targetRole } from './role-changes';
import type { DuplicateRoleInput } from './role.inputs';

/**
 * A copy under another name, without users.
 * @throws UserErrors with every problem of the input at once
 */
export async function duplicateRole(
  context: SignedInContext,
  input: DuplicateRoleInput,
): Promise<{ role: Role }> {
  const broken = await inputErrors(input);
  return transaction(context.database, async (tx) => {
    const original = await targetRole(tx, context.viewer, input.id);
    refuseIfAny([...broken, ...refusals(reasonsNotToEditRole(context.viewer, original), ['input', 'id'])]);
    const { permissions, mfaRequired } = original;
    return addRole(tx, context, { name: input.name, permissions, mfaRequired });
  });
}

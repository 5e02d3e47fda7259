import { denials } from '../access/denials';
import type { SignedInContext } from '../request/request-context';
import { viewerTransaction } from '../sessions/viewer-transaction';
import { throwIfAny } from '../errors';
import { inputErrors } from '../validation/input-errors';
import type { Role } from '../roles/role.entity';
import { denialsToEditRole } from '../roles/role.policy';
import { addRole } from './add-role';
import { requireRole } from './role-changes';
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
  return viewerTransaction(context, async (tx, context) => {
    const original = await requireRole(tx, context.viewer, input.id);
    throwIfAny([...broken, ...denials(denialsToEditRole(context.viewer, original), ['input', 'id'])]);
    const { permissions, mfaRequired } = original;
    return addRole(tx, context, { name: input.name, permissions, mfaRequired });
  });
}

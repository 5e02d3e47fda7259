import type { EntityManager } from 'typeorm';
import type { SignedInContext } from '../access/request-context';
import { recordAudit } from '../audit/record-audit';
import { tidyName } from '../database/fold';
import { transaction } from '../database/transaction';
import { refuseIfAny } from '../errors';
import { inputErrors } from '../input-errors';
import { insertRole, type NewRole } from '../roles/insert-role';
import type { Role } from '../roles/role.entity';
import { assignmentErrors, reasonsNotToEditRole } from '../roles/role.policy';
import { refusals } from '../access/refusals';
import { refusingTakenRoleName, roleChanges, roleTarget, targetRole } from './role-changes';
import type { CreateRoleInput, DuplicateRoleInput } from './role.inputs';

/** @throws UserErrors with every problem of the input at once */
export async function createRole(context: SignedInContext, input: CreateRoleInput): Promise<{ role: Role }> {
  refuseIfAny([
    ...(await inputErrors(input)),
    ...assignmentErrors(context.viewer, input, ['input', 'permissions']),
  ]);
  return transaction(context.database, (tx) => addRole(tx, context, input));
}

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

async function addRole(
  tx: EntityManager,
  context: SignedInContext,
  { name, permissions, mfaRequired }: Omit<NewRole, 'organizationId'>,
): Promise<{ role: Role }> {
  const { organizationId } = context.viewer;
  const id = await refusingTakenRoleName(() =>
    insertRole(tx, { organizationId, name: tidyName(name), permissions, mfaRequired }, context.now),
  );
  const role = await targetRole(tx, context.viewer, String(id));
  await recordAudit(tx, context, 'role.created', roleTarget(role), roleChanges(null, role));
  return { role };
}

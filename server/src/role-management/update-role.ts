import type { EntityManager } from 'typeorm';
import { ALL_PERMISSIONS, inCatalogueOrder, type Permission } from '../access/permissions';
import { denials } from '../access/denials';
import type { SignedInContext } from '../request/request-context';
import { viewerTransaction } from '../sessions/viewer-transaction';
import type { Viewer } from '../access/viewer';
import { recordAudit } from '../audit/record-audit';
import { versionErrors, type Versioned } from '../audit/version-errors';
import { normalizeName } from '../validation/normalize';
import { StaleRowError } from '../database/transaction';
import { throwIfAny, type UserError } from '../errors';
import { inputErrors } from '../validation/input-errors';
import { Role, roleNameColumns } from '../roles/role.entity';
import {
  assignmentErrors,
  canAdminister,
  denialsToChangePermissions,
  denialsToEditRole,
  missingNeedErrors,
} from '../roles/role.policy';
import { administratorRemains, lastAdministrator } from '../users/last-administrator';
import { reportTakenRoleName, roleChanges, roleTarget, requireRole } from './role-changes';
import type { UpdateRoleInput } from './role.inputs';

/**
 * Changes the fields that are present. New permissions hold from the next request of every user of the role.
 * @throws UserErrors with every problem of the input at once
 */
export async function updateRole(context: SignedInContext, input: UpdateRoleInput): Promise<{ role: Role }> {
  const broken = await inputErrors(input);
  const change = async (tx: EntityManager, context: SignedInContext) => {
    const { viewer, now } = context;
    const role = await requireRole(tx, viewer, input.id);
    throwIfAny(denials(denialsToEditRole(viewer, role), ['input', 'id']));
    throwIfAny([
      ...broken,
      ...(await versionErrors(tx, versioned(role), input.expectedVersion)),
      ...(input.permissions ? await permissionErrors(tx, viewer, role, input.permissions) : []),
    ]);

    const updated = Object.assign(new Role(), role, {
      ...changedFields(role, input),
      version: role.version + 1,
      updatedAt: now,
    });
    const changes = roleChanges(role, updated);
    if (changes.length === 0) return { role };
    await reportTakenRoleName(() => writeRole(tx, role, updated));
    await recordAudit(tx, context, 'role.updated', roleTarget(updated), changes);
    return { role: updated };
  };
  return viewerTransaction(context, change, { changesAccess: Boolean(input.permissions) });
}

function versioned({ id, organizationId, version }: Role): Versioned {
  return { type: 'role', id, organizationId, version };
}

/** The errors of giving the role these permissions; none when they are those that it has. */
export async function permissionErrors(
  tx: EntityManager,
  viewer: Viewer,
  role: Role,
  wanted: readonly Permission[],
): Promise<UserError[]> {
  const permissions = inCatalogueOrder(wanted);
  if (ALL_PERMISSIONS.every((one) => permissions.includes(one) === role.permissions.includes(one))) return [];
  const field = ['input', 'permissions'];
  const losesAdministration = canAdminister(role.permissions) && !canAdminister(permissions);
  const leavesNoAdministrator =
    losesAdministration && !(await administratorRemains(tx, role.organizationId, { roleId: role.id }));
  return [
    ...denials(denialsToChangePermissions(viewer, role), field),
    ...assignmentErrors(viewer, { permissions }, field),
    ...missingNeedErrors(permissions),
    ...(leavesNoAdministrator ? [lastAdministrator('permissions')] : []),
  ];
}

function changedFields(role: Role, { name, permissions, mfaRequired }: UpdateRoleInput) {
  return {
    ...roleNameColumns(name === undefined ? role.name : normalizeName(name)),
    permissions: permissions ? inCatalogueOrder(permissions) : role.permissions,
    mfaRequired: mfaRequired ?? role.mfaRequired,
  };
}

/** @throws StaleRowError when the role changed since it was read in this transaction */
async function writeRole(tx: EntityManager, { id, version }: Role, updated: Role): Promise<void> {
  const { name, nameKey, permissions, mfaRequired, updatedAt } = updated;
  const { affected } = await tx.update(
    Role,
    { id, version },
    { name, nameKey, permissions, mfaRequired, updatedAt, version: updated.version },
  );
  if (affected !== 1) throw new StaleRowError();
}

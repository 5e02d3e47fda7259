import type { EntityManager } from 'typeorm';
import type { SignedInContext } from '../request/request-context';
import { recordAuditOfAll, type AuditTarget } from '../audit/record-audit';
import { select } from '../database/sql';
import { StaleRowError } from '../database/transaction';
import type { Role } from '../roles/role.entity';
import { User } from '../users/user.entity';

/**
 * Gives all users of one role another one, with an audit event for each.
 * @returns how many users there were
 * @throws StaleRowError when another transaction has just given or taken the role, so that this one is retried
 */
export async function moveUsers(
  tx: EntityManager,
  context: SignedInContext,
  from: Role,
  to: Role,
): Promise<number> {
  const users = await select<{ id: number; username: string; version: number }>(
    tx,
    'SELECT id, username, version FROM user WHERE role_id = ?',
    [from.id],
  );
  const targets = users.map(({ id, username, version }): AuditTarget => {
    return { type: 'user', id, name: username, version: version + 1 };
  });
  const { affected } = await tx
    .createQueryBuilder()
    .update(User)
    .set({ roleId: to.id, version: () => 'version + 1', updatedAt: context.now })
    .where('roleId = :roleId', { roleId: from.id })
    .execute();
  if (affected !== users.length) throw new StaleRowError();
  await recordAuditOfAll(tx, context, 'user.updated', targets, [
    { field: 'role', before: from.name, after: to.name },
  ]);
  return users.length;
}

import type { RepeatableAnswer } from '../idempotency/repeatable';
import { findRoles } from './find-role';
import type { Role } from './role.entity';

/** The answer of a mutation that adds a role; when it is repeated, with the role as it is now. */
export const ROLE_ANSWER: RepeatableAnswer<{ role: Role }, { role: Role | null }> = {
  keep: ({ role }) => ({ role: role.id }),
  recall: async ({ database, viewer }, { role }) => {
    const [found] = role === undefined ? [] : await findRoles(database.reader, viewer, [role]);
    return { role: found ?? null };
  },
};

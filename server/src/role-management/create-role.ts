import type { SignedInContext } from '../access/request-context';
import { transaction } from '../database/transaction';
import { refuseIfAny } from '../errors';
import { inputErrors } from '../input-errors';
import type { Role } from '../roles/role.entity';
import { assignmentErrors } from '../roles/role.policy';
import { addRole } from './add-role';
import type { CreateRoleInput } from './role.inputs';

/** @throws UserErrors with every problem of the input at once */
export async function createRole(context: SignedInContext, input: CreateRoleInput): Promise<{ role: Role }> {
  refuseIfAny([
    ...(await inputErrors(input)),
    ...assignmentErrors(context.viewer, input, ['input', 'permissions']),
  ]);
  return transaction(context.database, (tx) => addRole(tx, context, input));
}

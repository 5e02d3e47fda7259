import type { SignedInContext } from '../request/request-context';
import { viewerTransaction } from '../sessions/viewer-transaction';
import { inCatalogueOrder } from '../access/permissions';
import { throwIfAny } from '../errors';
import { inputErrors } from '../validation/input-errors';
import type { Role } from '../roles/role.entity';
import { assignmentErrors, missingNeedErrors } from '../roles/role.policy';
import { addRole } from './add-role';
import type { CreateRoleInput } from './role.inputs';

/** @throws UserErrors with every problem of the input at once */
export async function createRole(context: SignedInContext, input: CreateRoleInput): Promise<{ role: Role }> {
  const broken = await inputErrors(input);
  return viewerTransaction(context, (tx, context) => {
    throwIfAny([
      ...broken,
      ...assignmentErrors(context.viewer, input, ['input', 'permissions']),
      ...missingNeedErrors(inCatalogueOrder(input.permissions)),
    ]);
    return addRole(tx, context, input);
  });
}

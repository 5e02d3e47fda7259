import { userError, type UserError, type UserErrorArguments, type UserErrorCode } from '../errors';
import type { Permission } from './permissions';
import { hasPermission, type Viewer } from './viewer';

/** The codes whose sentence needs no parameters. */
type DenialReason = {
  [Code in UserErrorCode]: UserErrorArguments<Code> extends [] ? Code : never;
}[UserErrorCode];

/** Why a rule denies something; empty when it allows it. */
export type DenialReasons = DenialReason[];

export function denyWithoutPermission(viewer: Viewer, permission: Permission): DenialReasons {
  return hasPermission(viewer, permission) ? [] : ['MISSING_PERMISSION'];
}

/** The reasons of a policy as errors at a field of the input. */
export function denials(reasons: DenialReasons, field: readonly string[]): UserError[] {
  return reasons.map((code) => userError(code, field));
}

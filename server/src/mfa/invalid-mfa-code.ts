import { failure, type UserErrors } from '../errors';

export function invalidMfaCode(field: readonly string[]): UserErrors {
  return failure('INVALID_MFA_CODE', field);
}

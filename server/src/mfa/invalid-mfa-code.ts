import { failure, type UserErrors } from '../errors';

export function invalidMfaCode(field: string): UserErrors {
  return failure('INVALID_MFA_CODE', ['input', field]);
}

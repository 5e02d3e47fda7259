import { UserError, UserErrors } from '../errors';

export function invalidMfaCode(field: string): UserErrors {
  return new UserErrors(
    new UserError('INVALID_MFA_CODE', ['input', field], 'This code is wrong, expired or used already.'),
  );
}

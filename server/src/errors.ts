import { GraphQLError } from 'graphql';
import { Field, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';

/** Every expected failure of a mutation. Clients branch on these; they are never renamed. */
export const UserErrorCode = {
  REQUIRED: 'REQUIRED',
  TOO_LONG: 'TOO_LONG',
  INVALID_CHARACTERS: 'INVALID_CHARACTERS',
  INVALID_EMAIL: 'INVALID_EMAIL',
  INVALID_PHONE: 'INVALID_PHONE',
  PASSWORD_TOO_SHORT: 'PASSWORD_TOO_SHORT',
  PASSWORD_NEEDS_LOWERCASE: 'PASSWORD_NEEDS_LOWERCASE',
  PASSWORD_NEEDS_UPPERCASE: 'PASSWORD_NEEDS_UPPERCASE',
  PASSWORD_TOO_COMMON: 'PASSWORD_TOO_COMMON',
  PASSWORD_CONTAINS_NAME: 'PASSWORD_CONTAINS_NAME',
  USERNAME_TAKEN: 'USERNAME_TAKEN',
  ROLE_NOT_FOUND: 'ROLE_NOT_FOUND',
  ROLE_NAME_TAKEN: 'ROLE_NAME_TAKEN',
  ROLE_IN_USE: 'ROLE_IN_USE',
  USER_NOT_FOUND: 'USER_NOT_FOUND',
  CONFLICT: 'CONFLICT',
  INVALID_CREDENTIALS: 'INVALID_CREDENTIALS',
  INVALID_REFRESH_TOKEN: 'INVALID_REFRESH_TOKEN',
  MISSING_PERMISSION: 'MISSING_PERMISSION',
  CANNOT_DISABLE_YOURSELF: 'CANNOT_DISABLE_YOURSELF',
  CANNOT_CHANGE_OWN_ROLE: 'CANNOT_CHANGE_OWN_ROLE',
  CANNOT_RESET_OWN_MFA: 'CANNOT_RESET_OWN_MFA',
  LAST_ADMINISTRATOR: 'LAST_ADMINISTRATOR',
  ROLE_EXCEEDS_YOUR_PERMISSIONS: 'ROLE_EXCEEDS_YOUR_PERMISSIONS',
  USER_EXCEEDS_YOUR_PERMISSIONS: 'USER_EXCEEDS_YOUR_PERMISSIONS',
  MFA_NOT_ENABLED: 'MFA_NOT_ENABLED',
  MFA_ALREADY_ENABLED: 'MFA_ALREADY_ENABLED',
  MFA_REQUIRED: 'MFA_REQUIRED',
  INVALID_MFA_CODE: 'INVALID_MFA_CODE',
  INVALID_RECOVERY_CODE: 'INVALID_RECOVERY_CODE',
  INVALID_CHALLENGE: 'INVALID_CHALLENGE',
  WRONG_STEP: 'WRONG_STEP',
  WRONG_PASSWORD: 'WRONG_PASSWORD',
  PASSWORD_UNCHANGED: 'PASSWORD_UNCHANGED',
  SESSION_NOT_FOUND: 'SESSION_NOT_FOUND',
  USER_DISABLED: 'USER_DISABLED',
  INVITATION_ACCEPTED: 'INVITATION_ACCEPTED',
  INVALID_TOKEN: 'INVALID_TOKEN',
} as const;
export type UserErrorCode = keyof typeof UserErrorCode;

registerEnumType(UserErrorCode, { name: 'UserErrorCode', description: 'Why a mutation was refused.' });

/** An expected failure, told to the client with the path of the input field that caused it. */
@ObjectType({ simpleResolvers: true, description: 'An expected failure of a mutation.' })
export class UserError {
  @Field(() => UserErrorCode)
  readonly code: UserErrorCode;

  @Field(() => [String], { description: 'The path of the input field, for example ["input", "phone"].' })
  readonly field: readonly string[];

  @Field(() => String, { description: 'One sentence for people.' })
  readonly message: string;

  constructor(code: UserErrorCode, field: readonly string[], message: string) {
    this.code = code;
    this.field = field;
    this.message = message;
  }
}

@InterfaceType({ description: 'What every mutation answers: its result, or why it was refused.' })
export abstract class MutationPayload {
  @Field(() => [UserError], { description: 'Empty when the mutation was carried out.' })
  readonly userErrors?: readonly UserError[];
}

/** Thrown inside a mutation; whatever its transaction wrote is rolled back. */
export class UserErrors extends Error {
  readonly errors: readonly UserError[];

  constructor(...errors: readonly UserError[]) {
    super(errors.map((error) => `${error.field.join('.')}: ${error.code}`).join(', '));
    this.errors = errors;
  }
}

/** Throws when there is something to say, so that every problem of an input is told at once. */
export function throwIfAny(errors: readonly UserError[]): void {
  if (errors.length > 0) throw new UserErrors(...errors);
}

export type TopLevelErrorCode =
  'UNAUTHENTICATED' | 'FORBIDDEN' | 'BAD_USER_INPUT' | 'QUERY_TOO_COMPLEX' | 'INTERNAL';

function topLevelError(code: TopLevelErrorCode, message: string, extensions = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...extensions } });
}

export function unauthenticated(): GraphQLError {
  return topLevelError('UNAUTHENTICATED', 'Sign in first: the access token is missing, expired or revoked.');
}

/** @param permission the GraphQL name, for example ADD_USER */
export function forbidden(permission: string): GraphQLError {
  return topLevelError('FORBIDDEN', `This needs the permission ${permission}.`, { requires: permission });
}

export function badUserInput(argument: string, message: string): GraphQLError {
  return topLevelError('BAD_USER_INPUT', message, { argument });
}

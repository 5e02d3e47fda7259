import { GraphQLError, type OperationDefinitionNode, type VariableDefinitionNode } from 'graphql';
import { Field, ID, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import { fillIn, type MessageArguments } from './error-catalogue/message';
import { TOP_LEVEL_ERRORS } from './error-catalogue/top-level-errors';
import { USER_ERRORS } from './error-catalogue/user-errors';

export type UserErrorCode = keyof typeof USER_ERRORS;

/** What a code's sentence still needs: nothing, or one object with its parameters. */
export type UserErrorArguments<Code extends UserErrorCode> = MessageArguments<
  (typeof USER_ERRORS)[Code]['message']
>;

/** The codes of the catalogue, as the enum of the schema. */
export const UserErrorCode = Object.fromEntries(
  Object.keys(USER_ERRORS).map((code) => [code, code]),
) as Readonly<{ [Code in UserErrorCode]: Code }>;

registerEnumType(UserErrorCode, {
  name: 'UserErrorCode',
  description: 'Why a mutation was refused.',
  valuesConfig: Object.fromEntries(
    Object.entries(USER_ERRORS).map(([code, { when }]) => [code, { description: when }]),
  ),
});

/** An expected failure, with the path of the input field that caused it. */
@ObjectType({ simpleResolvers: true, description: 'An expected failure of a mutation.' })
export class UserError {
  @Field(() => UserErrorCode, { description: 'Which of the expected failures it is, for programs.' })
  readonly code: UserErrorCode;

  @Field(() => [String], {
    description: 'The path of the input field that caused it, for example ["input", "phone"].',
  })
  readonly field: readonly string[];

  @Field(() => String, {
    description: 'One sentence in English for people. Its wording may change: programs use the code.',
  })
  readonly message: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'Of USERNAME_TAKEN and EXTERNAL_ID_TAKEN the id of the user who has it; null when the viewer may not see ' +
      'that user, and of every other code.',
  })
  readonly conflictingId?: string;
}

@InterfaceType({ description: 'What every mutation answers: its result, or why it was refused.' })
export abstract class MutationPayload {
  @Field(() => [UserError], { description: 'Empty when the mutation was carried out.' })
  readonly userErrors?: readonly UserError[];
}

/** Thrown by use cases; rolls back the transaction that it is thrown in. */
export class UserErrors extends Error {
  readonly errors: readonly UserError[];

  constructor(errors: readonly UserError[]) {
    super(errors.map((error) => `${error.field.join('.')}: ${error.code}`).join(', '));
    this.errors = errors;
  }
}

/** The sentence of the catalogue for this code. */
export function userErrorMessage<Code extends UserErrorCode>(
  code: Code,
  ...[parameters]: UserErrorArguments<Code>
): string {
  return fillIn(USER_ERRORS[code].message, parameters);
}

/** One problem of a list for `throwIfAny`. */
export function userError<Code extends UserErrorCode>(
  code: Code,
  field: readonly string[],
  ...parameters: UserErrorArguments<Code>
): UserError {
  return { code, field, message: userErrorMessage(code, ...parameters) };
}

/** One problem that another object is in the way; names it to those who may see it. */
export function conflictError(
  code: 'USERNAME_TAKEN' | 'EXTERNAL_ID_TAKEN',
  field: readonly string[],
  conflictingId: string | undefined,
): UserError {
  return { code, field, message: userErrorMessage(code), ...(conflictingId ? { conflictingId } : {}) };
}

/** What a mutation throws when a single problem ends it: `throw failure('USER_NOT_FOUND', ['input', 'id'])`. */
export function failure<Code extends UserErrorCode>(
  code: Code,
  field: readonly string[],
  ...parameters: UserErrorArguments<Code>
): UserErrors {
  return new UserErrors([userError(code, field, ...parameters)]);
}

/** Throws all errors together, so that the client learns every problem of an input at once. */
export function throwIfAny(errors: readonly UserError[]): void {
  if (errors.length > 0) throw new UserErrors(errors);
}

/** Seconds. Short, because the service has caught up by then, or refuses at once again. */
export const RETRY_AFTER_OVERLOAD = 2;

type TopLevelErrorCode = keyof typeof TOP_LEVEL_ERRORS;
type InputMessages = typeof TOP_LEVEL_ERRORS.BAD_USER_INPUT.messages;
type RateLimitSituation = keyof typeof TOP_LEVEL_ERRORS.RATE_LIMITED.messages;
type ComplexityLimit = keyof typeof TOP_LEVEL_ERRORS.QUERY_TOO_COMPLEX.messages;

function topLevelError(code: TopLevelErrorCode, message: string, extensions = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...extensions } });
}

/** Ends the whole request with this status, and tells clients when to come back. RFC 9110, 10.2.3. */
function refusal(code: TopLevelErrorCode, message: string, status: number, retryAfter: number): GraphQLError {
  const headers = new Map([['retry-after', String(retryAfter)]]);
  return topLevelError(code, message, { http: { status, headers } });
}

/** For a request that there is no time for now; nothing may have been done for it. */
export function overloaded(): GraphQLError {
  return refusal('OVERLOADED', TOP_LEVEL_ERRORS.OVERLOADED.messages.busy, 503, RETRY_AFTER_OVERLOAD);
}

export function isOverloaded(error: unknown): boolean {
  return (
    error instanceof GraphQLError && error.extensions.code === ('OVERLOADED' satisfies TopLevelErrorCode)
  );
}

/** For a request that asks for more than its caller or address may have now; nothing may have been done for it. */
export function rateLimited(now: Date, until: Date, situation: RateLimitSituation): GraphQLError {
  const seconds = secondsToWait(until.getTime() - now.getTime());
  return refusal('RATE_LIMITED', TOP_LEVEL_ERRORS.RATE_LIMITED.messages[situation], 429, seconds);
}

/** For the header Retry-After, which knows whole seconds only. */
export function secondsToWait(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 1000));
}

export function unauthenticated(): GraphQLError {
  return topLevelError('UNAUTHENTICATED', TOP_LEVEL_ERRORS.UNAUTHENTICATED.messages.notSignedIn);
}

/** @param permission the GraphQL name, for example ADD_USER */
export function forbidden(permission: string): GraphQLError {
  const message = fillIn(TOP_LEVEL_ERRORS.FORBIDDEN.messages.missingPermission, { permission });
  return topLevelError('FORBIDDEN', message, { requires: permission });
}

/** For an argument of a field that makes no sense. */
export function badUserInput<Problem extends keyof InputMessages>(
  problem: Problem,
  argument: string,
  ...[parameters]: MessageArguments<InputMessages[Problem], 'argument'>
): GraphQLError {
  const template = TOP_LEVEL_ERRORS.BAD_USER_INPUT.messages[problem];
  return topLevelError('BAD_USER_INPUT', fillIn(template, { argument, ...parameters }), { argument });
}

/** For a document with an operation that the schema does not serve. */
export function unservedOperation(node: OperationDefinitionNode): GraphQLError {
  const template = TOP_LEVEL_ERRORS.BAD_USER_INPUT.messages.unservedOperation;
  return new GraphQLError(fillIn(template, { operation: node.operation }), {
    nodes: node,
    extensions: { code: 'BAD_USER_INPUT' satisfies TopLevelErrorCode },
  });
}

/** @param problem what goes on after the name of the variable, in the words of GraphQL */
export function badVariable(node: VariableDefinitionNode, problem: string): GraphQLError {
  return new GraphQLError(`Variable "$${node.variable.name.value}" ${problem}`, {
    nodes: node,
    extensions: { code: 'BAD_USER_INPUT' satisfies TopLevelErrorCode },
  });
}

/** For an operation that is refused before anything is done for it. */
export function queryTooComplex(
  limit: ComplexityLimit,
  maximum: number | null,
  extensions = {},
): GraphQLError {
  const template = TOP_LEVEL_ERRORS.QUERY_TOO_COMPLEX.messages[limit];
  return topLevelError('QUERY_TOO_COMPLEX', fillIn(template, maximum === null ? {} : { maximum }), {
    ...(maximum === null ? {} : { maximum }),
    ...extensions,
    http: { status: 400 },
  });
}

import { badUserInput } from '../errors';

/** A count reads every row that it counts. */
const MAXIMUM_COUNT = 100_000;

/** How every argument `upTo` of a count is declared. */
export const COUNT_LIMIT = {
  defaultValue: 1000,
  description: `Where counting stops: 1 to ${MAXIMUM_COUNT}. Equal to it, there may be more.`,
};

/** @throws GraphQLError BAD_USER_INPUT when `upTo` is out of range */
export function requireCountLimit(upTo: number): void {
  if (upTo < 1 || upTo > MAXIMUM_COUNT) throw badUserInput('outOfRange', 'upTo', { maximum: MAXIMUM_COUNT });
}

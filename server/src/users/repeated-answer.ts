import type { RepeatableAnswer } from '../idempotency/repeatable';
import { findUser } from './find-user';
import type { UserView } from './user-view';

interface UserAnswer<Found> {
  readonly user: Found;
  readonly endedSessions?: number;
}

/** The answer of a mutation about a user; when it is repeated, with the user as they are now. */
export const USER_ANSWER: RepeatableAnswer<UserAnswer<UserView>, UserAnswer<UserView | null>> = {
  keep: ({ user, endedSessions = 0 }) => ({ user: user.id, endedSessions }),
  recall: async ({ database, viewer }, { user, endedSessions }) => ({
    user: await findUser(database.reader, viewer, user ?? null),
    endedSessions,
  }),
};

import type { RequestContext } from '../access/request-context';
import { uniqueKey } from '../database/fold';
import { select } from '../database/sql';
import { refuseIfAny, UserError, UserErrors } from '../errors';
import { inputErrors } from '../input-errors';
import { passwordMatches } from '../users/password';
import { tidyUsername } from '../users/user-columns';
import { loadViewer } from './load-viewer';
import { handOverRefreshToken } from './refresh-cookie';
import { toSessionType, type SessionType } from './session.type';
import type { SignInInput } from './sign-in.inputs';
import { startSession } from './start-session';

interface CredentialRow {
  id: number;
  enabled: number;
  password_hash: string;
}

/**
 * Checks username and password. An unknown username, a wrong password and a disabled user answer the
 * same and take the same. ASVS 6.3.8.
 * @throws UserErrors INVALID_CREDENTIALS
 */
export async function signIn(context: RequestContext, input: SignInInput): Promise<{ session: SessionType }> {
  refuseIfAny(await inputErrors(input));
  const [found] = await select<CredentialRow>(
    context.database.reader,
    `SELECT u.id, u.enabled, c.password_hash
     FROM user u JOIN user_credential c ON c.user_id = u.id
     WHERE u.username_key = ?`,
    [uniqueKey(tidyUsername(input.username))],
  );
  const matches = await passwordMatches(input.password, found?.password_hash ?? null);
  if (!found || !matches || found.enabled === 0) throw invalidCredentials();

  const session = await startSession(context, found.id);
  const viewer = await loadViewer(
    context.database.reader,
    { userId: found.id, sessionId: session.id },
    context.now,
  );
  // Disabled while the password was being checked.
  if (!viewer) throw invalidCredentials();
  context.viewer = viewer;
  const refreshToken = handOverRefreshToken(context, session, input.withRefreshToken);
  return { session: toSessionType(context, session, viewer, refreshToken) };
}

function invalidCredentials(): UserErrors {
  return new UserErrors(
    new UserError('INVALID_CREDENTIALS', ['input'], 'The username or the password is wrong.'),
  );
}

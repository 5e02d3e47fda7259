import type { EntityManager } from 'typeorm';
import { renderSVG } from 'uqr';
import type { RequestContext, SignedInContext } from '../request/request-context';
import { transaction } from '../database/transaction';
import { failure, unauthenticated } from '../errors';
import { Organization } from '../organizations/organization.entity';
import { actingAs } from '../users/acting-as';
import { writeOwnMfa } from '../mfa/write-own-mfa';
import { replaceRecoveryCodes } from '../mfa/recovery-codes';
import { confirmMfaSetup, secretToSetUp } from '../mfa/totp-setup';
import { otpauthUri } from '../mfa/totp';
import { type UserView } from '../users/user-view';
import { currentContext } from '../sessions/viewer-transaction';
import { findUserOrFail } from '../users/find-user';
import { lockUser } from '../users/lock-user';
import { invalidMfaCode } from '../mfa/invalid-mfa-code';
import { guardedAttempt } from '../throttle/attempt-guard';
import type { ConfirmMfaSetUpInput, StartMfaSetUpInput } from './challenge.inputs';
import { afterSessionsEnded, type ChallengeClaims } from './challenge-token';
import { finishSignIn, type SignInResult } from './finish-sign-in';
import { invalidChallenge, openChallenge } from './open-challenge';
import { reauthenticate } from './reauthenticate';

export interface MfaSetup {
  readonly secret: string;
  readonly otpauthUri: string;
  readonly qrCodeSvg: string;
}

interface MfaSetupActor {
  readonly context: SignedInContext;
  readonly user: UserView;
  /** Of the sign-in; null for the signed-in viewer. */
  readonly claims: ChallengeClaims | null;
}

/**
 * A TOTP secret for the viewer, who gives their password again, or for a user at this step of signing in. It
 * takes effect once a code has confirmed it; until then another start shows it again for 15 minutes, and then
 * replaces it.
 * @throws UserErrors
 */
export async function startMfaSetUp(context: RequestContext, input: StartMfaSetUpInput): Promise<MfaSetup> {
  if (typeof input.challengeToken !== 'string') await requirePassword(context, input.password);
  const { id } = (await findMfaSetupActor(context.database.reader, context, input.challengeToken)).user;
  return transaction(context.database, async (tx) => {
    // First, so that of two starts at once the second sees the secret of the first.
    await lockUser(tx, id);
    const { user } = await findMfaSetupActor(tx, context, input.challengeToken);
    const secret = await secretToSetUp(tx, context, user.id);
    const { name } = await tx.findOneByOrFail(Organization, { id: user.organizationId });
    const uri = otpauthUri(secret, user.username, name);
    return { secret, otpauthUri: uri, qrCodeSvg: renderSVG(uri, { border: 2 }) };
  });
}

/**
 * Confirms the secret with a code, returns the recovery codes and ends the user's other sessions.
 * During a sign-in it also returns how the sign-in continues.
 * @throws UserErrors
 */
export async function confirmMfaSetUp(
  context: RequestContext,
  input: ConfirmMfaSetUpInput,
): Promise<{ recoveryCodes: string[]; signIn: SignInResult | null }> {
  const { database } = context;
  const { user: tried } = await findMfaSetupActor(database.reader, context, input.challengeToken);
  const attempt = { purpose: 'mfaCode', account: { user: tried } } as const;
  const confirmed = await guardedAttempt(context, attempt, () =>
    transaction(database, async (tx) => {
      const { user, claims, context: acting } = await findMfaSetupActor(tx, context, input.challengeToken);
      if (!(await confirmMfaSetup(tx, context, user.id, input.code))) return null;
      await writeOwnMfa(tx, acting, user, true);
      return { claims, recoveryCodes: await replaceRecoveryCodes(tx, context, user.id) };
    }),
  );
  if (!confirmed) throw invalidMfaCode(['input', 'code']);
  const { claims, recoveryCodes } = confirmed;
  if (!claims) return { recoveryCodes, signIn: null };

  const signIn = await finishSignIn(context, { ...afterSessionsEnded(claims), hasProvenMfa: true });
  if (!signIn) throw invalidChallenge();
  return { recoveryCodes, signIn };
}

/**
 * Asks the viewer for their password, so that an unattended session is not enough to set up the app of
 * someone else (ASVS 7.5.1). Only before the secret is shown: whoever has a code of it has passed this.
 * @throws UserErrors MFA_ALREADY_ENABLED, REQUIRED, WRONG_PASSWORD
 */
async function requirePassword(context: RequestContext, password: string | null | undefined): Promise<void> {
  const { context: acting } = await findMfaSetupActor(context.database.reader, context, null);
  if (!password?.trim()) throw failure('REQUIRED', ['input', 'password'], { label: 'Password' });
  await reauthenticate(acting, password, 'password');
}

async function findMfaSetupActor(
  tx: EntityManager,
  context: RequestContext,
  challengeToken: string | null | undefined,
): Promise<MfaSetupActor> {
  if (typeof challengeToken === 'string') {
    const { account, claims } = await openChallenge(tx, context, challengeToken, 'SET_UP_MFA');
    const { user } = account;
    return { context: actingAs(context, user), user, claims };
  }
  if (!isSignedIn(context)) throw unauthenticated();
  const acting = await currentContext(tx, context);
  const user = await findUserOrFail(tx, acting.viewer, acting.viewer.userId);
  if (user.mfaEnabled) throw failure('MFA_ALREADY_ENABLED', ['input']);
  return { context: acting, user, claims: null };
}

function isSignedIn(context: RequestContext): context is SignedInContext {
  return context.viewer !== null;
}

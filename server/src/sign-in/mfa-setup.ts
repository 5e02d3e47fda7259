import type { EntityManager } from 'typeorm';
import { renderSVG } from 'uqr';
import type { RequestContext, SignedInContext } from '../request/request-context';
import { transaction } from '../database/transaction';
import { failure, unauthenticated } from '../errors';
import { Organization } from '../organizations/organization.entity';
import { actingAs } from '../users/acting-as';
import { writeOwnMfa } from '../mfa/write-own-mfa';
import { replaceRecoveryCodes } from '../mfa/recovery-codes';
import { beginMfaSetup, confirmMfaSetup } from '../mfa/totp-setup';
import { otpauthUri } from '../mfa/totp';
import { type UserView } from '../users/user-view';
import { findUser } from '../users/find-user';
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

interface MfaSetupInProgress {
  readonly context: SignedInContext;
  readonly user: UserView;
  /** What the sign-in has shown; null for the signed-in viewer. */
  readonly shown: ChallengeClaims | null;
}

/**
 * A new secret for the viewer, who shows his password again, or for whoever is at that step of signing
 * in. It counts once a code has confirmed it; until then starting again replaces it.
 * @throws UserErrors
 */
export async function startMfaSetUp(context: RequestContext, input: StartMfaSetUpInput): Promise<MfaSetup> {
  if (typeof input.challengeToken !== 'string') await provePassword(context, input.password);
  return transaction(context.database, async (tx) => {
    const { user } = await whoSetsUp(tx, context, input.challengeToken);
    const secret = await beginMfaSetup(tx, context, user.id);
    const { name } = await tx.findOneByOrFail(Organization, { id: user.organizationId });
    const uri = otpauthUri(secret, user.username, name);
    return { secret, otpauthUri: uri, qrCodeSvg: renderSVG(uri, { border: 2 }) };
  });
}

/**
 * Confirms the secret with a code, hands out the recovery codes and ends the user's other sessions.
 * Amid a sign-in it goes on with it.
 * @throws UserErrors
 */
export async function confirmMfaSetUp(
  context: RequestContext,
  input: ConfirmMfaSetUpInput,
): Promise<{ recoveryCodes: string[]; signIn: SignInResult | null }> {
  const { database } = context;
  const { id: userId } = (await whoSetsUp(database.reader, context, input.challengeToken)).user;
  const attempt = { purpose: 'mfaCode', account: { userId } } as const;
  const confirmed = await guardedAttempt(context, attempt, () =>
    transaction(database, async (tx) => {
      const { user, shown, context: acting } = await whoSetsUp(tx, context, input.challengeToken);
      if (!(await confirmMfaSetup(tx, context, user.id, input.code))) return null;
      await writeOwnMfa(tx, acting, user, true);
      return { shown, recoveryCodes: await replaceRecoveryCodes(tx, context, user.id) };
    }),
  );
  if (!confirmed) throw invalidMfaCode('code');
  const { shown, recoveryCodes } = confirmed;
  if (!shown) return { recoveryCodes, signIn: null };

  const signIn = await finishSignIn(context, { ...afterSessionsEnded(shown), hasProvenMfa: true });
  if (!signIn) throw invalidChallenge();
  return { recoveryCodes, signIn };
}

/**
 * A session left open must not be enough to bind the account to somebody else's app (ASVS 7.5.1). Asked
 * for before the secret is shown; who then has a code of it has seen it.
 * @throws UserErrors MFA_ALREADY_ENABLED, REQUIRED, WRONG_PASSWORD
 */
async function provePassword(context: RequestContext, password: string | null | undefined): Promise<void> {
  const { context: acting } = await whoSetsUp(context.database.reader, context, null);
  if (!password?.trim()) throw failure('REQUIRED', ['input', 'password'], { label: 'Password' });
  await reauthenticate(acting, password, 'password');
}

async function whoSetsUp(
  tx: EntityManager,
  context: RequestContext,
  challengeToken: string | null | undefined,
): Promise<MfaSetupInProgress> {
  if (typeof challengeToken === 'string') {
    const { account, claims } = await openChallenge(tx, context, challengeToken, 'SET_UP_MFA');
    const { user } = account;
    return { context: actingAs(context, user), user, shown: claims };
  }
  const { viewer } = context;
  const user = viewer && (await findUser(tx, viewer, viewer.userId));
  if (!viewer || !user) throw unauthenticated();
  if (user.mfaEnabled) throw failure('MFA_ALREADY_ENABLED', ['input']);
  return { context: { ...context, viewer }, user, shown: null };
}

import type { EntityManager } from 'typeorm';
import { renderSVG } from 'uqr';
import type { RequestContext, SignedInContext } from '../access/request-context';
import { transaction } from '../database/transaction';
import { unauthenticated, UserError, UserErrors } from '../errors';
import { Organization } from '../organizations/organization.entity';
import { actingAs } from '../users/acting-as';
import { writeOwnSecondFactor } from '../users/change-second-factor';
import { replaceRecoveryCodes } from '../users/recovery-codes';
import { beginEnrolment, confirmEnrolment } from '../users/second-factor';
import { otpauthUri } from '../users/totp';
import { findUser, type UserView } from '../users/user-row';
import { invalidMfaCode } from './answer-challenge';
import { guardedAttempt } from './attempt-guard';
import type { ConfirmMfaSetUpInput, StartMfaSetUpInput } from './challenge.inputs';
import { outliving, type ChallengeClaims } from './challenge-token';
import { finishSignIn, type SignInResult } from './finish-sign-in';
import { invalidChallenge, openChallenge } from './open-challenge';
import { proveIdentity } from './prove-identity';

export interface MfaSetUp {
  readonly secret: string;
  readonly otpauthUri: string;
  readonly qrCodeSvg: string;
}

interface Enrolling {
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
export async function startMfaSetUp(context: RequestContext, input: StartMfaSetUpInput): Promise<MfaSetUp> {
  if (typeof input.challengeToken !== 'string') await provePassword(context, input.password);
  return transaction(context.database, async (tx) => {
    const { user } = await whoEnrols(tx, context, input.challengeToken);
    const secret = await beginEnrolment(tx, context, user.id);
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
  const { id: userId } = (await whoEnrols(database.reader, context, input.challengeToken)).user;
  const attempt = { purpose: 'mfaCode', account: { userId } } as const;
  const confirmed = await guardedAttempt(context, attempt, () =>
    transaction(database, async (tx) => {
      const { user, shown, context: acting } = await whoEnrols(tx, context, input.challengeToken);
      if (!(await confirmEnrolment(tx, context, user.id, input.code))) return null;
      await writeOwnSecondFactor(tx, acting, user, true);
      return { shown, recoveryCodes: await replaceRecoveryCodes(tx, context, user.id) };
    }),
  );
  if (!confirmed) throw invalidMfaCode('code');
  const { shown, recoveryCodes } = confirmed;
  if (!shown) return { recoveryCodes, signIn: null };

  const signIn = await finishSignIn(context, { ...outliving(shown), hasProvenMfa: true });
  if (!signIn) throw invalidChallenge();
  return { recoveryCodes, signIn };
}

/**
 * A session left open must not be enough to bind the account to somebody else's app (ASVS 7.5.1). Asked
 * for before the secret is shown; who then has a code of it has seen it.
 * @throws UserErrors MFA_ALREADY_ENABLED, REQUIRED, WRONG_PASSWORD
 */
async function provePassword(context: RequestContext, password: string | null | undefined): Promise<void> {
  const { context: acting } = await whoEnrols(context.database.reader, context, null);
  if (!password?.trim()) {
    throw new UserErrors(new UserError('REQUIRED', ['input', 'password'], 'Password is required.'));
  }
  await proveIdentity(acting, password, 'password');
}

async function whoEnrols(
  tx: EntityManager,
  context: RequestContext,
  challengeToken: string | null | undefined,
): Promise<Enrolling> {
  if (typeof challengeToken === 'string') {
    const { account, claims } = await openChallenge(tx, context, challengeToken, 'SET_UP_MFA');
    const { user } = account;
    return { context: actingAs(context, user), user, shown: claims };
  }
  const { viewer } = context;
  const user = viewer && (await findUser(tx, viewer, viewer.userId));
  if (!viewer || !user) throw unauthenticated();
  if (user.mfaEnabled) {
    throw new UserErrors(
      new UserError(
        'MFA_ALREADY_ENABLED',
        ['input'],
        'You have a second factor; remove it before you set up another.',
      ),
    );
  }
  return { context: { ...context, viewer }, user, shown: null };
}

import { createHmac } from 'node:crypto';
import type { RequestContext } from '../src/request/request-context';
import { deriveKeys } from '../src/crypto/secret-keys';
import { transaction } from '../src/database/transaction';
import { replaceRecoveryCodes } from '../src/mfa/recovery-codes';
import { beginMfaSetup } from '../src/mfa/totp-setup';
import { User } from '../src/users/user.entity';
import { UserTotp } from '../src/mfa/user-totp.entity';
import { rowIdOf, buildUser, type BuiltOrganization, type BuiltUser } from './builders';
import { TEST_SECRET, type TestService } from './harness';

const STEP_SECONDS = 30;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code of a 30-second step, after RFC 4226 5.3 and RFC 6238 4.2: what an authenticator app shows. */
export function totpCode(secret: string, step: number): string {
  const bits = [...secret]
    .map((character) => BASE32.indexOf(character).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', key).update(counter).digest();
  const truncated = mac.readUInt32BE(mac.at(-1)! & 0xf) & 0x7fffffff;
  return String(truncated % 1_000_000).padStart(6, '0');
}

/** The current step, by the clock of the service. */
export function stepOf(service: TestService): number {
  return Math.floor(service.now().getTime() / 1000 / STEP_SECONDS);
}

/** The code that an app shows now, or so many steps later. */
export function codeOf(service: TestService, secret: string, later = 0): string {
  return totpCode(secret, stepOf(service) + later);
}

/** Sets the clock to the beginning of a step, so that the step does not change within a test. */
export function alignClock(...services: TestService[]): void {
  const [first] = services;
  const length = STEP_SECONDS * 1000;
  const remaining = length - (first!.now().getTime() % length);
  for (const service of services) service.advance(remaining + 500);
}

/** A six-digit code that no app with this secret shows about now. */
export function wrongCode(service: TestService, secret: string): string {
  const taken = [-2, -1, 0, 1, 2].map((later) => codeOf(service, secret, later));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !taken.includes(code))!;
}

export interface MfaUser extends BuiltUser {
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

/** A user with two-factor authentication, straight into the database. */
export async function buildMfaUser(
  service: TestService,
  organization: BuiltOrganization,
  overrides: Parameters<typeof buildUser>[2] = {},
): Promise<MfaUser> {
  const user = await buildUser(service, organization, overrides);
  const userId = rowIdOf(user.id);
  const context = { keys: deriveKeys(TEST_SECRET), now: service.now() };
  return transaction(service.app.database, async (tx) => {
    const secret = await beginMfaSetup(tx, context, userId);
    await tx.update(UserTotp, { userId }, { confirmedAt: context.now });
    await tx.update(User, { id: userId }, { mfaEnabled: true });
    return {
      ...user,
      secret,
      recoveryCodes: await replaceRecoveryCodes(tx, context as RequestContext, userId),
    };
  });
}

import fc from 'fast-check';
import { transaction } from '../../src/database/transaction';
import { OutgoingMail } from '../../src/mail/outgoing-mail.entity';
import { Organization } from '../../src/organizations/organization.entity';
import { Role } from '../../src/roles/role.entity';
import { SignInThrottle } from '../../src/throttle/sign-in-throttle.entity';
import { User } from '../../src/users/user.entity';
import { buildOrganization, buildPerson, buildRole, buildUser, rowIdOf } from '../builders';
import { CHEAP_HASH } from '../cheap-hash';
import type { TestService } from '../harness';

const START = Date.parse('2026-01-01T00:00:00.000Z');

/** One of few times, so that many users share one. */
export const someTime = fc.integer({ min: 0, max: 3 }).map((step) => new Date(START + step * 1000));

const FAR = 365 * 86_400_000;

export const ROLE_NAMES = ['Plain', 'Requiring'] as const;

const mailPlan = fc.record({
  state: fc.constantFrom('queued', 'sent', 'sent', 'failed'),
  recipient: fc.constantFrom('present', 'spelled anew', 'other'),
});

export const userPlan = fc.record({
  firstName: fc.constantFrom('Ada', 'ada', 'Zoë', 'Bo'),
  role: fc.integer({ min: 0, max: 1 }),
  enabled: fc.boolean(),
  mfaEnabled: fc.boolean(),
  forceMfa: fc.boolean(),
  forcePasswordReset: fc.boolean(),
  hasExternalId: fc.boolean(),
  blocked: fc.constantFrom('never', 'until just now', 'now', 'with codes only'),
  invitations: fc.array(mailPlan, { maxLength: 2 }),
  createdAt: someTime,
  updatedAt: someTime,
  lastSignInAt: fc.option(someTime, { freq: 2 }),
});

type UserPlan = typeof userPlan extends fc.Arbitrary<infer Plan> ? Plan : never;

export interface PlannedUser extends UserPlan {
  readonly id: string;
  readonly username: string;
  readonly externalId: string | null;
}

export interface PlannedUsers {
  readonly token: string;
  readonly users: readonly PlannedUser[];
  readonly roleIds: readonly string[];
  /** Users of another organization. */
  readonly foreign: readonly PlannedUser[];
  readonly requiresMfa: boolean;
}

let runs = 0;

/** Two organizations with the same users. The last one of the first is an administrator, whose token it answers. */
export async function buildPlannedUsers(
  service: TestService,
  plans: readonly UserPlan[],
  requiresMfa: boolean,
): Promise<PlannedUsers> {
  const passwordHash = await CHEAP_HASH;
  const [own, foreign] = await Promise.all(
    ['Acme', 'Globex'].map(async (name) => {
      const run = (runs += 1);
      const organization = await buildOrganization(service, name);
      const roleIds: string[] = [];
      for (const role of ROLE_NAMES) roleIds.push(await buildRole(service, organization, role, []));
      const names = plans.map((_, index) => `Person.${index}.of.${run}@example.com`);
      const last = await buildPerson(service, organization, 'administrator', {
        username: names.at(-1)!,
        passwordHash,
      });
      const users: PlannedUser[] = [];
      for (const [index, plan] of plans.entries()) {
        const isLast = index === plans.length - 1;
        const username = names[index]!;
        const { id } = isLast ? last : await buildUser(service, organization, { username, passwordHash });
        const externalId = plan.hasExternalId ? `E${index}` : null;
        users.push({ ...plan, ...(isLast ? { enabled: true } : {}), id, username, externalId });
      }
      await writePlans(service, organization.id, users, roleIds, requiresMfa);
      return { token: last.token, users, roleIds };
    }),
  );
  return { ...own!, foreign: foreign!.users, requiresMfa };
}

async function writePlans(
  service: TestService,
  organizationId: number,
  users: readonly PlannedUser[],
  roleIds: readonly string[],
  requiresMfa: boolean,
): Promise<void> {
  await transaction(service.app.database, async (tx) => {
    await tx.update(Organization, { id: organizationId }, { mfaRequired: requiresMfa });
    await tx.update(Role, { id: rowIdOf(roleIds[1]!) }, { mfaRequired: true });
    for (const [index, user] of users.entries()) {
      const id = rowIdOf(user.id);
      const isLast = index === users.length - 1;
      const { enabled, mfaEnabled, forceMfa, forcePasswordReset, externalId } = user;
      const { createdAt, updatedAt, lastSignInAt, firstName } = user;
      await tx.update(
        User,
        { id },
        {
          ...{ enabled, mfaEnabled, forceMfa, forcePasswordReset, externalId },
          ...{ createdAt, updatedAt, lastSignInAt, firstName },
          firstNameKey: plain(firstName),
          searchText: searchedText(user),
          ...(isLast ? {} : { roleId: rowIdOf(roleIds[user.role]!) }),
        },
      );
      await tx.insert(SignInThrottle, throttleRows(service, id, user));
      for (const mail of user.invitations) {
        await tx.insert(OutgoingMail, mailRow(service, organizationId, id, user, mail));
      }
    }
  });
}

function throttleRows(service: TestService, userId: number, { blocked, username }: PlannedUser) {
  if (blocked === 'never') return [];
  const blockedUntil = new Date(service.now().getTime() + (blocked === 'until just now' ? -1 : FAR));
  const purpose = blocked === 'with codes only' ? 'mfaCode' : 'password';
  return [{ throttleKey: username, userId, purpose, failedAt: null, expiresAt: blockedUntil, blockedUntil }];
}

function mailRow(
  service: TestService,
  organizationId: number,
  userId: number,
  { username }: PlannedUser,
  { state, recipient }: UserPlan['invitations'][number],
) {
  const addresses = { present: username, 'spelled anew': username.toUpperCase(), other: `x${username}` };
  return {
    ...{ organizationId, userId, kind: 'invitation' as const, recipient: addresses[recipient], content: '' },
    ...{ state, attempts: 0, claim: null, lastError: null, sentAt: null },
    // Not due, so that it stays as it is.
    nextAttemptAt: new Date(service.now().getTime() + FAR),
    createdAt: service.now(),
  };
}

export function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

export function searchedText({ firstName, username }: Pick<PlannedUser, 'firstName' | 'username'>): string {
  return `${plain(firstName)} sample\n${plain(username)}`;
}

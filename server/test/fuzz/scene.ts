import {
  buildOrganization,
  buildPerson,
  buildRole,
  buildUser,
  signIn,
  type BuiltOrganization,
  type Person,
} from '../builders';
import { insertEvents } from '../audit-rows';
import { globalId } from '../../src/global-id/global-id';
import type { TestService } from '../harness';
import { buildMfaUser, type MfaUser } from '../mfa-builders';

export const CALLERS = ['anonymous', 'agent', 'administrator'] as const;
export type Caller = (typeof CALLERS)[number];

/** An organization with people, and what calls can name; a stage for some calls, then a new one is set. */
export interface Scene {
  readonly acme: BuiltOrganization;
  /** Access tokens. */
  readonly tokens: Readonly<Record<Caller, string | null>>;
  readonly mfaUser: MfaUser;
  readonly usernames: readonly string[];
  readonly ids: Readonly<Record<'user' | 'role' | 'session' | 'organization' | 'event', string[]>>;
  /** Of another organization. */
  readonly foreignIds: readonly string[];
  /** Cursors and tokens that answers gave, by the name of their field. */
  readonly harvest: Map<string, string[]>;
}

export async function setScene(service: TestService, number: number): Promise<Scene> {
  const acme = await buildOrganization(service, `Acme ${number}`);
  const globex = await buildOrganization(service, `Globex ${number}`);
  const administrator = await buildPerson(service, acme, 'administrator');
  const agent = await buildPerson(service, acme, 'agent');
  const stranger = await buildPerson(service, globex, 'administrator');
  const mfaUser = await buildMfaUser(service, acme);
  const others = [
    await buildUser(service, acme, { role: 'manager', firstName: 'Zoë' }),
    await buildUser(service, acme, { enabled: false }),
    await buildUser(service, acme, { firstName: 'نسرین', role: 'viewer', phone: null }),
  ];
  const spareRole = await buildRole(service, acme, `Spare ${number}`, []);
  const event = await insertEvents(service, acme, [{ at: new Date(), changes: [] }]);
  const people = [administrator, agent, mfaUser, ...others];
  const refreshTokens = [(await signIn(service, agent)).refreshToken];
  return {
    acme,
    tokens: { anonymous: null, agent: agent.token, administrator: administrator.token },
    mfaUser,
    usernames: people.map(({ username }) => username),
    ids: {
      user: people.map(({ id }) => id),
      role: [...Object.values(acme.roles), spareRole],
      session: [...(await sessionsOf(service, administrator)), ...(await sessionsOf(service, agent))],
      organization: [globalId('Organization', acme.id)],
      event,
    },
    foreignIds: [
      stranger.id,
      globex.roles.agent,
      globalId('Organization', globex.id),
      ...(await sessionsOf(service, stranger)),
    ],
    harvest: new Map([['refreshToken', refreshTokens]]),
  };
}

async function sessionsOf(service: TestService, { token }: Person): Promise<string[]> {
  const { data } = await service.graphql('{ viewer { sessions { nodes { id } } } }', {}, { token });
  return (data.viewer.sessions.nodes as { id: string }[]).map(({ id }) => id);
}

const HARVESTED = ['cursor', 'startCursor', 'endCursor', 'refreshToken', 'token', 'id'];
const MOST_KEPT = 40;

/** Keeps what an answer gave for later calls. */
export function reap({ harvest }: Scene, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner === 'string' && HARVESTED.includes(name)) {
      harvest.set(name, [inner, ...(harvest.get(name) ?? [])].slice(0, MOST_KEPT));
    } else reap({ harvest } as Scene, inner);
  }
}

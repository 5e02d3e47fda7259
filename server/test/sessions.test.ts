import {
  rowIdOf,
  buildOrganization,
  buildPerson,
  buildUser,
  PASSWORD,
  signIn,
  type BuiltOrganization,
  type BuiltUser,
  type Person,
} from './builders';
import { startService, type TestService } from './harness';
import { startAnotherInstance } from './instances';
import { isSignedIn, problemsOf, refresh } from './sign-in-steps';
import { expectNothingWritten, recordedChanges } from './stored-rows';
import { globalId } from '../src/global-id/global-id';

const MINUTE = 60_000;

/** Two instances of the service on one database. */
let service: TestService;
let other: TestService;
let acme: BuiltOrganization;
let administrator: Person;
let foreigner: BuiltUser;

beforeAll(async () => {
  service = await startService();
  other = await startAnotherInstance(service);
  acme = await buildOrganization(service);
  administrator = await buildPerson(service, acme, 'administrator');
  foreigner = await buildUser(service, await buildOrganization(service, 'Globex'));
});

interface ListedSession {
  readonly id: string;
  readonly isCurrent: boolean;
  readonly userAgent: string;
  readonly ipAddress: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
}

async function sessionsOf(token: string, through = service): Promise<ListedSession[]> {
  const { data } = await through.graphql(
    '{ viewer { sessions { nodes { id isCurrent userAgent ipAddress createdAt lastSeenAt } } } }',
    {},
    { token },
  );
  return data.viewer.sessions.nodes as ListedSession[];
}

async function signInFrom(device: string, { username }: BuiltUser, through = service): Promise<string> {
  const { data } = await through.graphql(
    'mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }',
    { input: { username, password: PASSWORD, withRefreshToken: true } },
    { headers: { 'user-agent': device } },
  );
  return data.signIn.session.accessToken as string;
}

type Ending = 'endSession' | 'endOtherSessions' | 'endUserSessions';

async function end(token: string, mutation: Ending, id?: string) {
  const input = id === undefined ? '' : `(input: { id: ${JSON.stringify(id)} })`;
  const { data, errors } = await service.graphql(
    `mutation { ${mutation}${input} { endedSessions userErrors { code field } } }`,
    {},
    { token },
  );
  if (errors) return { problems: errors.map(({ extensions }) => extensions.code), endedSessions: 0 };
  const { endedSessions, userErrors } = data[mutation];
  return { endedSessions: endedSessions as number, problems: problemsOf(userErrors) };
}

const auditOf = async ({ id }: BuiltUser) =>
  (await recordedChanges(service))
    .filter((row) => row.target_id === rowIdOf(id))
    .map(({ action, actor_user_id }) => [action, globalId('User', actor_user_id as number)]);

describe('the list of sessions', () => {
  test('names device, address and times; this one first, then the latest seen', async () => {
    const user = await buildUser(service, acme);
    const phone = await signInFrom('Phone/1', user);
    const laptop = await signInFrom(`Laptop/${'2'.repeat(500)}`, user, other);
    const tablet = await signInFrom('Tablet/3', user);
    const listed = await sessionsOf(phone, other);
    expect(listed.map(({ userAgent }) => userAgent)).toEqual([
      'Phone/1',
      'Tablet/3',
      `Laptop/${'2'.repeat(393)}`,
    ]);
    expect(listed.map(({ isCurrent }) => isCurrent)).toEqual([true, false, false]);
    expect(new Set(listed.map(({ id }) => id)).size).toBe(3);
    for (const { ipAddress, createdAt, lastSeenAt } of listed) {
      expect(ipAddress).toBe('127.0.0.1');
      expect(lastSeenAt).toBe(createdAt);
      expect(Math.abs(service.now().getTime() - new Date(createdAt).getTime())).toBeLessThan(10_000);
    }
    expect((await sessionsOf(laptop)).filter(({ isCurrent }) => isCurrent)).toEqual([
      expect.objectContaining({ userAgent: `Laptop/${'2'.repeat(393)}` }),
    ]);
    expect((await sessionsOf(tablet)).map(({ id }) => id).sort()).toEqual(listed.map(({ id }) => id).sort());
  });

  test('shows when a session was last renewed, and only those that are still good', async () => {
    const late = await startAnotherInstance(service);
    const user = await buildUser(service, acme);
    const renewed = await signIn(late, user);
    await signIn(late, user);
    const gone = await signIn(late, user);
    await service.graphql('mutation { signOut { __typename } }', {}, { token: gone.accessToken });
    late.advance(20 * MINUTE);
    const { accessToken } = (await refresh(late, renewed.refreshToken))!;
    const both = await sessionsOf(accessToken, late);
    expect(both).toHaveLength(2);
    const minutes = new Date(both[0]!.lastSeenAt).getTime() - new Date(both[0]!.createdAt).getTime();
    expect(Math.round(minutes / MINUTE)).toBe(20);
    late.advance(11 * MINUTE);
    const again = await signIn(late, user);
    const listed = await sessionsOf(again.accessToken, late);
    expect(listed.map(({ id }) => id).sort()).toEqual([listed[0]!.id, both[0]!.id].sort());
    await late.stop();
  });

  test('is read page by page, forward and backward, while time passes', async () => {
    const late = await startAnotherInstance(service);
    const user = await buildUser(service, acme);
    const token = await signInFrom('Device/0', user, late);
    for (let device = 1; device <= 4; device += 1) await signInFrom(`Device/${device}`, user, late);
    const document = `query ($first: Int, $after: String, $last: Int, $before: String) {
      viewer {
        sessions(first: $first, after: $after, last: $last, before: $before) {
          totalCount
          nodes { userAgent }
          pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        }
      }
    }`;
    const read = async (page: object) => {
      late.advance(1000);
      const { data } = await late.graphql(document, { ...page }, { token });
      const { nodes, pageInfo, totalCount } = data.viewer.sessions;
      expect(totalCount).toBe(5);
      return { devices: (nodes as ListedSession[]).map(({ userAgent }) => userAgent), ...pageInfo };
    };
    const first = await read({ first: 2 });
    expect(first).toMatchObject({ devices: ['Device/0', 'Device/4'], hasNextPage: true });
    const second = await read({ first: 2, after: first.endCursor });
    expect(second).toMatchObject({ devices: ['Device/3', 'Device/2'], hasNextPage: true });
    expect(await read({ first: 2, after: second.endCursor })).toMatchObject({
      devices: ['Device/1'],
      hasNextPage: false,
    });
    expect(await read({ last: 2, before: second.startCursor })).toMatchObject({ devices: first.devices });
    expect(await read({ last: 1 })).toMatchObject({ devices: ['Device/1'], hasPreviousPage: true });
    await late.stop();
  });

  test('its cursors are good for nobody else', async () => {
    const [user, neighbour] = [await buildUser(service, acme), await buildUser(service, acme)];
    const [own, others] = [await signInFrom('Own/1', user), await signInFrom('Neighbour/1', neighbour)];
    const list = async (token: string, after?: string) => {
      const query =
        'query ($after: String) { viewer { sessions(after: $after) { pageInfo { endCursor } } } }';
      return service.graphql(query, { after }, { token });
    };
    const { endCursor } = (await list(own)).data.viewer.sessions.pageInfo;
    expect((await list(others, endCursor)).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  test('shows nothing of anyone else', async () => {
    const [user, neighbour] = [await buildUser(service, acme), await buildUser(service, acme)];
    await signInFrom('Neighbour/1', neighbour);
    const listed = await sessionsOf(await signInFrom('Own/1', user));
    expect(listed.map(({ userAgent }) => userAgent)).toEqual(['Own/1']);
  });

  test('a forged X-Forwarded-For is no address', async () => {
    const user = await buildUser(service, acme);
    const { data } = await service.graphql(
      'mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken viewer { sessions { nodes { ipAddress } } } } } }',
      { input: { username: user.username, password: PASSWORD } },
      { headers: { 'x-forwarded-for': '203.0.113.7' } },
    );
    expect(data.signIn.session.viewer.sessions.nodes).toEqual([{ ipAddress: '127.0.0.1' }]);
  });
});

describe('ending own sessions', () => {
  test('one: it is gone on the next request, the others stay', async () => {
    const user = await buildUser(service, acme);
    const [here, there, elsewhere] = [
      await signIn(service, user),
      await signIn(other, user),
      await signIn(service, user),
    ];
    const { id } = (await sessionsOf(there.accessToken))[0]!;
    expect(await end(here.accessToken, 'endSession', id)).toEqual({ endedSessions: 1, problems: [] });
    expect(await isSignedIn(other, there.accessToken)).toBe(false);
    expect(await refresh(other, there.refreshToken)).toBeNull();
    expect(await isSignedIn(other, here.accessToken)).toBe(true);
    expect(await isSignedIn(other, elsewhere.accessToken)).toBe(true);
    expect(await auditOf(user)).toEqual([['user.sessions_ended', user.id]]);
    expect(await end(here.accessToken, 'endSession', id)).toEqual({
      endedSessions: 0,
      problems: ['input.id SESSION_NOT_FOUND'],
    });
  });

  test('this one', async () => {
    const user = await buildUser(service, acme);
    const { accessToken } = await signIn(service, user);
    const { id } = (await sessionsOf(accessToken))[0]!;
    expect((await end(accessToken, 'endSession', id)).endedSessions).toBe(1);
    expect(await isSignedIn(service, accessToken)).toBe(false);
  });

  test('all others: this one stays', async () => {
    const user = await buildUser(service, acme);
    const here = await signIn(service, user);
    const others = [await signIn(other, user), await signIn(service, user)];
    expect(await end(here.accessToken, 'endOtherSessions')).toEqual({ endedSessions: 2, problems: [] });
    for (const { accessToken, refreshToken } of others) {
      expect(await isSignedIn(other, accessToken)).toBe(false);
      expect(await refresh(service, refreshToken)).toBeNull();
    }
    expect(await isSignedIn(other, here.accessToken)).toBe(true);
    expect(await auditOf(user)).toEqual([['user.sessions_ended', user.id]]);
  });

  test('all others, of which there are none, and the audit log tells of it', async () => {
    const user = await buildUser(service, acme);
    const here = await signIn(service, user);
    expect(await end(here.accessToken, 'endOtherSessions')).toEqual({ endedSessions: 0, problems: [] });
    expect(await isSignedIn(other, here.accessToken)).toBe(true);
    expect(await auditOf(user)).toEqual([['user.sessions_ended', user.id]]);
  });

  test.each(['999999', '0', '-1', '1abc', '1e0', ' 1', '', '2147483648', '9007199254740993', "1' OR 1=1 --"])(
    'a session "%s" does not exist, as little as one of someone else',
    async (id) => {
      const user = await buildUser(service, acme);
      const { accessToken } = await signIn(service, user);
      const neighbours = await sessionsOf(administrator.token);
      await expectNothingWritten(service, async () => {
        const missing = await end(accessToken, 'endSession', id);
        expect(missing).toEqual({ endedSessions: 0, problems: ['input.id SESSION_NOT_FOUND'] });
        expect(await end(accessToken, 'endSession', neighbours[0]!.id)).toEqual(missing);
      });
      expect(await isSignedIn(service, administrator.token)).toBe(true);
    },
  );
});

describe('an administrator ends the sessions of a user', () => {
  test('all of them, at once, and learns how many', async () => {
    const user = await buildUser(service, acme);
    const tokens = [await signIn(service, user), await signIn(other, user)];
    expect(await end(administrator.token, 'endUserSessions', user.id)).toEqual({
      endedSessions: 2,
      problems: [],
    });
    for (const { accessToken, refreshToken } of tokens) {
      expect(await isSignedIn(other, accessToken)).toBe(false);
      expect(await refresh(other, refreshToken)).toBeNull();
    }
    expect(await auditOf(user)).toEqual([['user.sessions_ended', administrator.id]]);
    expect(await isSignedIn(service, (await signIn(service, user)).accessToken)).toBe(true);
  });

  test('when there are none, sign-ins under way end, and the audit log tells of it', async () => {
    const user = await buildUser(service, acme);
    expect(await end(administrator.token, 'endUserSessions', user.id)).toEqual({
      endedSessions: 0,
      problems: [],
    });
    expect(await auditOf(user)).toEqual([['user.sessions_ended', administrator.id]]);
  });

  test('not those of someone with permissions that the viewer lacks', async () => {
    const manager = await buildPerson(service, acme, 'manager');
    await expectNothingWritten(service, async () => {
      expect(await end(manager.token, 'endUserSessions', administrator.id)).toEqual({
        endedSessions: 0,
        problems: ['input.id USER_EXCEEDS_YOUR_PERMISSIONS'],
      });
    });
    expect(await isSignedIn(service, administrator.token)).toBe(true);
    const agent = await buildPerson(service, acme, 'agent');
    expect((await end(manager.token, 'endUserSessions', agent.id)).endedSessions).toBe(1);
  });

  test('only with edit_user', async () => {
    const viewer = await buildPerson(service, acme, 'viewer');
    await expectNothingWritten(service, async () => {
      expect((await end(viewer.token, 'endUserSessions', viewer.id)).problems).toEqual(['FORBIDDEN']);
    });
  });

  test.each(['999999', '0', '-1', '1abc', '1e0', ' 1', '', '2147483648', "1' OR 1=1 --"])(
    'the user "%s" does not exist, as little as one of another organization',
    async (id) => {
      const { accessToken } = await signIn(service, foreigner);
      await expectNothingWritten(service, async () => {
        const missing = await end(administrator.token, 'endUserSessions', id);
        expect(missing).toEqual({ endedSessions: 0, problems: ['input.id USER_NOT_FOUND'] });
        expect(await end(administrator.token, 'endUserSessions', foreigner.id)).toEqual(missing);
      });
      expect(await isSignedIn(service, accessToken)).toBe(true);
    },
  );
});

describe('renewing on two instances', () => {
  const renewTwentyTimes = (refreshToken: string) =>
    Promise.all(Array.from({ length: 20 }, (_, index) => refresh(index % 2 ? service : other, refreshToken)));

  test('of twenty uses of one token at once each gets the same next one, which works', async () => {
    for (let run = 0; run < 3; run += 1) {
      const { refreshToken } = await signIn(service, await buildUser(service, acme));
      const answers = await renewTwentyTimes(refreshToken);
      const next = new Set(answers.map((answer) => answer?.refreshToken));
      expect([...next]).toEqual([expect.stringMatching(/^\d+\.1\./)]);
      expect(await refresh(other, [...next][0]!)).not.toBeNull();
    }
  });

  test('an old token ends the session on both, also twenty times at once', async () => {
    const user = await buildUser(service, acme);
    const bystander = await signIn(other, user);
    const first = await signIn(service, user);
    const second = (await refresh(other, first.refreshToken))!;
    const third = (await refresh(service, second.refreshToken))!;
    expect(await renewTwentyTimes(first.refreshToken)).toEqual(Array(20).fill(null));
    for (const { accessToken, refreshToken } of [first, second, third]) {
      expect(await isSignedIn(other, accessToken)).toBe(false);
      expect(await refresh(service, refreshToken)).toBeNull();
    }
    expect(await isSignedIn(service, bystander.accessToken)).toBe(true);
  });

  test('a session that ends while it is renewed stays ended', async () => {
    for (let run = 0; run < 8; run += 1) {
      const user = await buildUser(service, acme);
      const { refreshToken } = await signIn(service, user);
      const [renewed] = await Promise.all([
        refresh(other, refreshToken),
        end(administrator.token, 'endUserSessions', user.id),
      ]);
      for (const tokens of [{ accessToken: 'none', refreshToken }, ...(renewed ? [renewed] : [])]) {
        expect(await isSignedIn(service, tokens.accessToken)).toBe(false);
        expect(await refresh(service, tokens.refreshToken)).toBeNull();
      }
    }
  });
});

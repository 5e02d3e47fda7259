import { DEFAULT_ADDRESS_LIMITS } from '../src/config/config';
import { VARIABLES } from '../src/config/environment';
import { buildOrganization, buildPerson, type Person } from './builders';
import { startService, type GraphQLAnswer, type TestService } from './harness';

const SESSION = 1000;
const ANONYMOUS = 100;

let service: TestService;
let administrator: Person;
let another: Person;

beforeEach(async () => {
  service = await startService({
    trustedProxies: ['127.0.0.1'],
    rateLimits: { session: SESSION, anonymous: ANONYMOUS },
  });
  service.stopClock();
  const organization = await buildOrganization(service);
  administrator = await buildPerson(service, organization, 'administrator');
  another = await buildPerson(service, organization, 'administrator');
});
afterEach(() => service.stop());

interface From {
  readonly token?: string;
  readonly address?: string;
}

const ask = (query: string, { token, address = '203.0.113.7' }: From = {}) =>
  service.graphql(query, {}, { token: token ?? null, headers: { 'x-forwarded-for': address } });

/** Costs 5 and one for each user: 45. */
const FORTY_FIVE = '{ users(first: 40) { nodes { id } } }';

const leftIn = ({ headers }: Pick<GraphQLAnswer, 'headers'>) => headers.get('ratelimit');

test('every answer tells the limit, what is left of it, and when all is back', async () => {
  const answer = await ask(FORTY_FIVE, administrator);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('ratelimit-policy')).toBe('"default";q=1000;w=60');
  expect(leftIn(answer)).toBe('"default";r=955;t=3');
  const later = await ask('{ version }', administrator);
  expect(leftIn(later)).toBe('"default";r=954;t=3');
});

test('so do answers that are no answers to a document', async () => {
  const fetched = (init: { method: string; headers?: Record<string, string>; body?: string }) =>
    fetch(service.url, { ...init, headers: { 'x-forwarded-for': '203.0.113.9', ...init.headers } });
  const json = { 'content-type': 'application/json' };
  const answers = [
    await fetched({ method: 'POST', headers: json, body: '{"query": "{" }' }),
    await fetched({ method: 'POST', headers: json, body: 'nonsense' }),
    await fetched({ method: 'POST', headers: { 'content-type': 'application/xml' }, body: '<query/>' }),
    await fetched({ method: 'POST', headers: json, body: `"${'x'.repeat(300_000)}"` }),
    await fetched({ method: 'GET' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 415, 413, 400]);
  expect(answers.map(leftIn)).toEqual(
    [99, 98, 97, 96, 95].map((left) => expect.stringContaining(`r=${left};`)),
  );
});

test('what costs more than is left is refused with 429, and succeeds after the time that it is told', async () => {
  for (let time = 0; time < 22; time += 1) {
    expect((await ask(FORTY_FIVE, administrator)).status).toBe(200);
  }
  const refused = await ask(FORTY_FIVE, administrator);
  expect(refused.status).toBe(429);
  expect(refused.data).toBeUndefined();
  expect(refused.errors).toEqual([
    {
      message: 'You have used up what you may ask for in a minute. Try again in a few seconds.',
      extensions: { code: 'RATE_LIMITED' },
    },
  ]);
  // 10 were left, of which the refusal cost one.
  expect(leftIn(refused)).toBe('"default";r=9;t=60');
  const wait = Number(refused.headers.get('retry-after'));
  expect(wait).toBe(3);
  expect((await ask('{ version }', administrator)).status).toBe(200);
  service.advance(wait * 1000);
  expect((await ask(FORTY_FIVE, administrator)).status).toBe(200);
});

test('refusals end up costing nothing to make: nothing is read of a request when nothing is left', async () => {
  for (let time = 0; time < ANONYMOUS; time += 1) expect((await ask('{ version }')).status).toBe(200);
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.7' };
  const refused = await fetch(service.url, { method: 'POST', headers, body: 'nonsense' });
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(await refused.json()).toEqual({
    errors: [
      {
        message: expect.any(String),
        extensions: { code: 'RATE_LIMITED', requestId: refused.headers.get('x-request-id') },
      },
    ],
  });
});

test('each session has a limit of its own, and so has each address without one', async () => {
  for (let time = 0; time < ANONYMOUS; time += 1) await ask('{ version }');
  expect((await ask('{ version }')).status).toBe(429);
  expect((await ask('{ version }', { address: '203.0.113.8' })).status).toBe(200);
  expect(leftIn(await ask(FORTY_FIVE, administrator))).toContain('r=955;');
  expect(leftIn(await ask(FORTY_FIVE, another))).toContain('r=955;');
});

test('a token that is none does not make another caller of anybody', async () => {
  for (let time = 0; time < ANONYMOUS; time += 1) {
    await ask('{ version }', { token: `x${time}.y${time}.z${time}` });
  }
  expect((await ask('{ version }')).status).toBe(429);
});

test('all addresses of an IPv6 network of 64 bits count as one', async () => {
  for (let host = 1; host <= ANONYMOUS; host += 1) {
    await ask('{ version }', { address: `2001:db8:0:7::${host}` });
  }
  expect((await ask('{ version }', { address: '2001:db8:0:7:ffff::1' })).status).toBe(429);
  expect((await ask('{ version }', { address: '2001:db8:0:8::1' })).status).toBe(200);
});

test('who has a full bucket may ask for what costs more than it holds', async () => {
  const dear = '{ __schema { types { fields { name } } } }';
  expect((await ask(dear)).status).toBe(200);
  expect((await ask('{ version }')).status).toBe(429);
});

test('requests at the same moment take no more than there is', async () => {
  const answers = await Promise.all(Array.from({ length: 2 * ANONYMOUS }, () => ask('{ version }')));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(ANONYMOUS);
});

test('the schema tells the same as the headers', async () => {
  const query = '{ rateLimit { cost limit remaining resetAt } users(first: 40) { nodes { id } } }';
  const { data, headers } = await ask(query, administrator);
  const resetAt = new Date(service.now().getTime() + (46 * 60_000) / SESSION).toISOString();
  expect(data.rateLimit).toEqual({ cost: 46, limit: SESSION, remaining: SESSION - 46, resetAt });
  expect(headers.get('ratelimit')).toContain(`r=${SESSION - 46};`);
  expect((await ask('{ rateLimit { cost limit remaining } }')).data.rateLimit).toEqual({
    cost: 1,
    limit: ANONYMOUS,
    remaining: ANONYMOUS - 1,
  });
});

test('without limits there are no headers, and nothing to tell', async () => {
  const free = await startService();
  const { data, headers } = await free.graphql('{ rateLimit { cost } }');
  expect(data).toEqual({ rateLimit: null });
  expect(headers.get('ratelimit')).toBeNull();
  expect(headers.get('ratelimit-policy')).toBeNull();
  await free.stop();
});

test('by default an office whose people all sign in within a minute gets in, and nobody is too quick for the limit', () => {
  const { RATE_LIMIT, RATE_LIMIT_ANONYMOUS } = VARIABLES.parse({});
  const { signIn } = DEFAULT_ADDRESS_LIMITS;
  // What the page asks for when it is opened, 8, and to sign in with a password and a code, 9 each.
  expect(RATE_LIMIT_ANONYMOUS).toBeGreaterThanOrEqual(signIn * (8 + 9 + 9));
  // Somebody who turns a page of 100 rows of the audit log every second.
  expect(RATE_LIMIT).toBeGreaterThanOrEqual(60 * 606);
});

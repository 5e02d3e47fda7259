import { buildOrganization, buildPerson, type Person } from './builders';
import { startService, type TestService } from './harness';

let service: TestService;
let agent: Person;

beforeAll(async () => {
  service = await startService();
  agent = await buildPerson(service, await buildOrganization(service), 'agent');
});

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';
const QUERY = '{ viewer { user { username } } }';
const MUTATION = 'mutation { signOut { userErrors { code } } }';

const get = (search: string, headers: Record<string, string> = {}) =>
  fetch(`${service.url}${search}`, { headers, redirect: 'manual' });
const searchOf = (query: string) => `?query=${encodeURIComponent(query)}`;
const bearer = () => ({ authorization: `Bearer ${agent.token}` });

test('a query with a token may come by GET, without another header', async () => {
  const answer = await get(searchOf(QUERY), bearer());
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ data: { viewer: { user: { username: agent.username } } } });
});

test('a query by GET without a token is still refused: any page could send it', async () => {
  const simple: Record<string, string>[] = [{}, { authorization: '' }, { cookie: 'rolecall=x' }];
  for (const headers of simple) {
    expect((await get(searchOf(QUERY), headers)).status).toBe(400);
  }
});

test('a mutation by GET is refused, with a token too, and nothing is done', async () => {
  const refused = await get(searchOf(MUTATION), bearer());
  expect(refused.status).toBe(405);
  expect(refused.headers.get('allow')).toBe('POST');
  expect((await get(searchOf(QUERY), bearer())).status).toBe(200);
  expect((await service.graphql(QUERY, {}, { token: agent.token })).data.viewer).not.toBeNull();
});

test('people who open the address of the API are led to GraphiQL', async () => {
  const answer = await get('', { accept: BROWSER });
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe('/graphiql');
  expect(answer.headers.get('vary')).toContain('Accept');
});

test.each([
  'application/json',
  'application/graphql-response+json, application/json;q=0.9',
  'application/json, text/html',
  'application/json, text/html;q=0.9',
  'text/html;q=0.5, */*',
  '*/*',
  '',
])('programs are not: Accept: %s', async (accept) => {
  const answer = await get('', { accept });
  expect(answer.status).toBe(400);
  expect(answer.headers.get('location')).toBeNull();
  expect(answer.headers.get('vary')).toContain('Accept');
});

test('neither is who asks something', async () => {
  const answer = await get(searchOf('{ version }'), { accept: BROWSER, ...bearer() });
  expect(answer.status).toBe(200);
  const post = await fetch(service.url, {
    method: 'POST',
    headers: { accept: BROWSER, 'content-type': 'application/json' },
    body: '{"query": "{ version }"}',
    redirect: 'manual',
  });
  expect(post.status).toBe(200);
});

test.each(['OPTIONS', 'PUT', 'DELETE', 'PATCH', 'HEAD'])('there is no %s', async (method) => {
  const answer = await fetch(service.url, { method, headers: bearer() });
  expect(answer.status).toBe(405);
  expect(answer.headers.get('allow')).toBe('GET, POST');
});

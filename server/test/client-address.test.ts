import { request } from 'node:http';
import { buildOrganization, buildUser, PASSWORD } from './builders';
import { startService, type TestService } from './harness';
import { rowsOf } from './stored-rows';

/** The address that the service records for a sign-in with this header. */
async function addressFor(service: TestService, forwardedFor: string | string[]): Promise<unknown> {
  const { username } = await buildUser(service, await buildOrganization(service));
  const body = JSON.stringify({
    query: `mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }`,
    variables: { input: { username, password: PASSWORD } },
  });
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': forwardedFor };
    const call = request(service.url, { method: 'POST', headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    call.on('error', reject).end(body);
  });
  expect(status).toBe(200);
  return (await rowsOf(service, 'session')).at(-1)?.address;
}

test('only proxies that are named are believed about the address of a client', async () => {
  const service = await startService();
  expect(await addressFor(service, '203.0.113.7')).toBe('127.0.0.1');
  expect(await addressFor(service, ['203.0.113.7', '203.0.113.8'])).toBe('127.0.0.1');
  expect(await addressFor(service, '127.0.0.1, ::1')).toBe('127.0.0.1');
  await service.stop();
});

test('a header from someone else than the named proxies changes nothing', async () => {
  const service = await startService({ trustedProxies: ['10.0.0.0/8', '2001:db8::/32'] });
  expect(await addressFor(service, '203.0.113.7')).toBe('127.0.0.1');
  expect(await addressFor(service, '203.0.113.7, 10.0.0.1')).toBe('127.0.0.1');
  await service.stop();
});

test.each([
  ['the address that the proxy saw', '203.0.113.7', '203.0.113.7'],
  ['an IPv6 address', '2001:db8:1::7', '2001:db8:1::7'],
  ['what the proxy added, not what the client wrote', '198.51.100.1, 203.0.113.7', '203.0.113.7'],
  ['the client before two proxies', '203.0.113.7, 10.1.2.3', '203.0.113.7'],
  ['an address with a port, as Azure writes it', '203.0.113.9:51008', '203.0.113.9'],
  ['the client before a proxy with a port', '203.0.113.9:51008, 10.1.2.3:443', '203.0.113.9'],
  ['an IPv6 address in brackets', '[2001:db8:1::7]', '2001:db8:1::7'],
  ['an IPv6 address with a port', '[2001:db8:1::7]:51008', '2001:db8:1::7'],
  ['an address in quotes', '"[2001:db8:1::7]:51008"', '2001:db8:1::7'],
  ['an IPv4 address that is mapped to IPv6', '::ffff:203.0.113.7', '203.0.113.7'],
  ['the client before a proxy that is mapped to IPv6', '203.0.113.7, ::FFFF:10.1.2.3', '203.0.113.7'],
  ['an address without its zone', `fe80::1%${'x'.repeat(500)}`, 'fe80::1'],
  ['an address without its number of a zone', 'fe80::1%1', 'fe80::1'],
  ['the nearest proxy, when the one before wrote no address', '203.0.113.7, unknown, 10.1.2.3', '10.1.2.3'],
])('behind a named proxy it is %s', async (_what, forwardedFor, address) => {
  const service = await startService({ trustedProxies: ['127.0.0.0/8', '10.0.0.0/8'] });
  expect(await addressFor(service, forwardedFor)).toBe(address);
  await service.stop();
});

test.each([
  'unknown',
  '',
  '203.0.113.7:1:2',
  ':4711',
  '[]:80',
  '%',
  '_hidden',
  'x'.repeat(1000),
  "' OR 1=1 --",
  '203.0.113.777',
])('what is no address is not written down: "%.20s"', async (forwardedFor) => {
  const service = await startService({ trustedProxies: ['127.0.0.1'] });
  expect(await addressFor(service, forwardedFor)).toBe('127.0.0.1');
  await service.stop();
});

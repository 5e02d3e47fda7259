import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import fastify, { type FastifyInstance } from 'fastify';
import { registerErrorAnswers } from '../src/http/error-answers';
import { registerSecurityHeaders, securityHeaders } from '../src/http/security-headers';
import { registerStaticClient } from '../src/http/static-client';

const SCRIPT = `console.log(${JSON.stringify('x'.repeat(2000))});`;
const PAGE = `<!doctype html><title>Rolecall</title>${'<p>'.repeat(1000)}`;

let server: FastifyInstance;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-static-'));
  mkdirSync(join(folder, 'assets'));
  mkdirSync(join(folder, 'graphiql'));
  const files = { 'assets/index-Bx3k.js': SCRIPT, 'index.html': PAGE, 'graphiql/index.html': PAGE };
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), content);
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(content));
  }
  writeFileSync(join(folder, 'assets/small-Cd5f.svg'), '<svg/>');
  server = fastify();
  registerErrorAnswers(server);
  registerSecurityHeaders(server, securityHeaders(false));
  await registerStaticClient(server, folder);
  await server.ready();
});
afterAll(() => server.close());

const get = (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers });

test('assets with a hash in their names are kept for a year', async () => {
  for (const url of ['/assets/index-Bx3k.js', '/assets/small-Cd5f.svg']) {
    for (const encoding of ['br', 'gzip', 'identity']) {
      const { statusCode, headers } = await get(url, { 'accept-encoding': encoding });
      expect(statusCode).toBe(200);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(headers.vary).toBe('Accept-Encoding');
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
  }
});

test.each(['/', '/admin', '/admin/users/1', '/sign-in', '/graphiql', '/index.html'])(
  'pages are asked for anew: %s',
  async (url) => {
    const { statusCode, headers } = await get(url, { 'accept-encoding': 'br' });
    expect(statusCode).toBe(200);
    expect(headers['cache-control']).toBe('public, max-age=0');
    expect(headers['content-encoding']).toBe('br');
    expect(headers['content-type']).toMatch(/^text\/html/);
  },
);

test.each([
  ['br, gzip', 'br', 100],
  ['gzip', 'gzip', 100],
  ['gzip, deflate, br', 'br', 100],
  ['identity', undefined, SCRIPT.length],
])('a browser that takes %s gets %s', async (accepted, encoding, atMost) => {
  const { headers, rawPayload } = await get('/assets/index-Bx3k.js', { 'accept-encoding': accepted });
  expect(headers['content-encoding']).toBe(encoding);
  expect(headers['content-type']).toMatch(/javascript/);
  expect(rawPayload.length).toBeLessThanOrEqual(atMost);
});

test('what was not worth compressing is sent as it is', async () => {
  const { headers, body } = await get('/assets/small-Cd5f.svg', { 'accept-encoding': 'br, gzip' });
  expect(headers['content-encoding']).toBeUndefined();
  expect(body).toBe('<svg/>');
});

test('an asset that is not there is not kept, and is no page', async () => {
  const { statusCode, headers, body } = await get('/assets/gone-Aa11.js', { accept: '*/*' });
  expect(statusCode).toBe(404);
  expect(headers['cache-control']).toBe('no-store');
  expect(JSON.parse(body).errors[0].extensions.code).toBe('NOT_FOUND');
});

test('an unknown path shows the page to people, and another method is refused', async () => {
  const page = await get('/nowhere', { accept: 'text/html' });
  expect(page.statusCode).toBe(404);
  expect(page.body).toBe(PAGE);
  for (const url of ['/admin/users/1', '/assets/index-Bx3k.js']) {
    expect((await server.inject({ method: 'DELETE', url })).statusCode).toBe(405);
  }
});

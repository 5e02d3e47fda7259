import { gzipSync } from 'node:zlib';
import type { Response } from 'playwright-core';
import { useRolecall } from './harness';

const MAXIMUM_KILOBYTES = 110;

const rolecall = useRolecall();

test(`the admin page loads at most ${MAXIMUM_KILOBYTES} kB of JavaScript, compressed`, async () => {
  const page = await rolecall.open('about:blank', { as: 'admin@example.com' });
  const scripts: Response[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response);
  });

  await page.goto('/admin', { waitUntil: 'networkidle' });

  const sizes = await Promise.all(scripts.map(async (script) => gzipSync(await script.body()).length));
  const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1000;
  console.info(`The admin page loads ${kilobytes.toFixed(1)} kB of JavaScript, compressed.`);
  expect(kilobytes).toBeGreaterThan(0);
  expect(kilobytes).toBeLessThanOrEqual(MAXIMUM_KILOBYTES);
});

import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { launchChromium } from './chromium';
import { startServer } from './server-process';

const FOLDER = resolve(__dirname, '../../docs/images');

/** Renders the pictures of the README from the demo organization. */
async function takeScreenshots() {
  const server = await startServer();
  const browser = await launchChromium();
  try {
    mkdirSync(FOLDER, { recursive: true });
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({
        baseURL: server.url,
        viewport: { width: 1440, height: 900 },
        colorScheme,
        reducedMotion: 'reduce',
      });
      await page.goto('/admin');
      await page.getByLabel('Username').fill('admin@example.com');
      await page.getByLabel('Password', { exact: true }).fill('Demo-2026');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByText('60 users').waitFor();
      // Moved away from the list, because a row under the pointer looks different.
      await page.mouse.move(0, 0);
      await page.screenshot({ path: join(FOLDER, `admin-${colorScheme}.png`) });
      await page.close();
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}

void takeScreenshots();

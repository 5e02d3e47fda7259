import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const USUAL_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

export function launchChromium(): Promise<Browser> {
  const path = process.env.CHROMIUM_PATH ?? USUAL_PATHS.find((candidate) => existsSync(candidate));
  if (!path) {
    throw new Error(
      'No Chromium or Chrome found. Install one (Debian/Ubuntu: apt-get install chromium) ' +
        'or set CHROMIUM_PATH to its program file.',
    );
  }
  return chromium.launch({
    executablePath: path,
    args: [
      // As root and in containers Chromium has no sandbox; it opens nothing but our own pages.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

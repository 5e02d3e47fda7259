import { setTimeout as sleep } from 'node:timers/promises';
import jsQr from 'jsqr';
import type { Locator } from 'playwright-core';
import speakeasy from 'speakeasy';

const STEP_MS = 30_000;

/** How much of a time step must be left for its code to be still valid when it arrives. */
const MARGIN_MS = 5000;

/** An authenticator app on someone's phone. */
export interface Authenticator {
  readonly account: string;
  readonly issuer: string;
  readonly secret: string;
  /** A code that the server accepts; never the same one twice, because each works once. */
  nextCode(): Promise<string>;
  /** Six digits that the app shows neither now nor soon. */
  wrongCode(): string;
}

/** Points the phone's camera at the page. */
export async function scanQrCode(page: Pick<Locator, 'getByRole'>): Promise<Authenticator> {
  const picture = page.getByRole('img', { name: 'QR code for your authenticator app' });
  await picture.waitFor();
  const { width, height, brightness } = await picture.evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width * 2, image.height * 2];
    const drawing = canvas.getContext('2d')!;
    drawing.drawImage(image, 0, 0, canvas.width, canvas.height);
    const { data } = drawing.getImageData(0, 0, canvas.width, canvas.height);
    // Sent as text, because Playwright needs many seconds for an array of numbers.
    const reds = data.filter((_value, index) => index % 4 === 0);
    return { width: canvas.width, height: canvas.height, brightness: [...reds].join() };
  });
  const pixels = brightness.split(',').flatMap((value) => [+value, +value, +value, 255]);
  const code = jsQr(Uint8ClampedArray.from(pixels), width, height);
  if (!code) throw new Error('The picture is no QR code.');
  return authenticatorFor(code.data);
}

/** @param uri otpauth://totp/… as in the QR code */
export function authenticatorFor(uri: string): Authenticator {
  const { protocol, host, pathname, searchParams } = new URL(uri);
  expect(`${protocol}//${host}`).toBe('otpauth://totp');
  const [issuer = '', account = ''] = decodeURIComponent(pathname.slice(1)).split(':');
  const secret = searchParams.get('secret') ?? '';
  const codeOf = (step: number) =>
    speakeasy.totp({ secret, encoding: 'base32', time: step * (STEP_MS / 1000) });
  const present = () => Math.floor(Date.now() / STEP_MS);
  let lastStep = 0;

  return {
    account,
    issuer,
    secret,
    async nextCode() {
      const left = STEP_MS - (Date.now() % STEP_MS);
      if (left < MARGIN_MS) await sleep(left);
      // The server takes the code of the step before and of the one after, as clocks differ.
      lastStep = Math.max(lastStep + 1, present() - 1);
      const early = (lastStep - 1) * STEP_MS - Date.now();
      if (early > 0) await sleep(early);
      return codeOf(lastStep);
    },
    wrongCode() {
      const shown = [-2, -1, 0, 1, 2].map((later) => codeOf(present() + later));
      return ['000000', '111111', '222222', '333333', '444444', '555555'].find(
        (code) => !shown.includes(code),
      )!;
    },
  };
}

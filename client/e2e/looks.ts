import type { BrowserContextOptions, Page } from 'playwright-core';
import { expectAccessible } from './harness';

interface Look {
  readonly colorScheme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
}

/** A desktop and a phone, each in the light and the dark theme. */
export const LOOKS: readonly Look[] = [
  { colorScheme: 'light', width: 1440, height: 900 },
  { colorScheme: 'light', width: 390, height: 844 },
  { colorScheme: 'dark', width: 1440, height: 900 },
  { colorScheme: 'dark', width: 390, height: 844 },
];

export function optionsOf({ colorScheme, width, height }: Look): BrowserContextOptions {
  return { colorScheme, viewport: { width, height }, reducedMotion: 'reduce' };
}

/** Accessible, and nothing is to be scrolled sideways. WCAG 1.4.10. */
export async function expectPresentable(page: Page): Promise<void> {
  await expectAccessible(page);
  const tooWide = await page.locator('html, dialog[open], dialog[open] *').evaluateAll((elements) =>
    elements
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth)
      .filter((element) => element.tagName === 'HTML' || getComputedStyle(element).overflowX === 'auto')
      .map((element) => element.outerHTML.slice(0, 100)),
  );
  expect(tooWide).toEqual([]);
}

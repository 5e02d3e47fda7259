import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually';
import { isFocused } from './user-form';

const MOST_TABS = 60;

export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab') {
  await target.waitFor();
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    if (await isFocused(target)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${MOST_TABS} presses of ${key} do not lead to ${target.toString()}`);
}

export async function expectFocus(target: Locator) {
  await eventually(async () => expect(await isFocused(target)).toBe(true));
}

export async function typeInto(page: Page, field: Locator, text: string) {
  await tabTo(page, field);
  await page.keyboard.type(text);
}

export async function pressOn(page: Page, target: Locator, key = 'Enter') {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

/** Where the focus goes in one round of Tab presses, and in one of Shift+Tab. */
export async function expectFocusTrapped(page: Page, dialog: Locator) {
  const inside = () => dialog.evaluate((element) => element.contains(document.activeElement));
  for (const key of ['Tab', 'Shift+Tab']) {
    for (let presses = 0; presses < 15; presses += 1) {
      await page.keyboard.press(key);
      expect(await inside()).toBe(true);
    }
  }
}

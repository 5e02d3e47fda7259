import type { Page } from 'playwright-core';
import { addColleague, openAs } from './colleagues';
import { useRolecall } from './harness';
import { ENDED, expectStep, signInWith, signOut } from './sign-in-form';
import { expectErrorAt, fieldOf } from './user-form';
import { expectUsernames, searchBox } from './user-list';

const rolecall = useRolecall();

const sessionsOf = (page: Page) => page.getByRole('list', { name: 'Sessions' }).getByRole('listitem');

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

test('changes the own name and phone, and shows the new name at once', async () => {
  const colleague = await addColleague(rolecall.url, 'Ellida');
  const page = await openAs(rolecall, colleague, '/account');
  const profile = page.getByRole('region', { name: 'Profile' });
  const save = profile.getByRole('button', { name: 'Save profile' });

  await fieldOf(profile, 'First Name').fill('Elli');
  await fieldOf(profile, 'Last Name').fill(' ');
  await fieldOf(profile, 'Phone').fill('twelve');
  await save.click();
  await expectErrorAt(profile, 'Last Name', 'This field is required.');
  await fieldOf(profile, 'Last Name').fill('Wangel');
  await save.click();
  await expectErrorAt(profile, 'Phone', 'phone number');
  await fieldOf(profile, 'Phone').fill('+47 22 00 00 12');
  await save.click();

  await page.getByText('Your profile was saved.').waitFor();
  await page.getByRole('complementary').getByText('Elli Wangel').waitFor();
  await page.reload();
  await page.getByRole('complementary').getByText('Elli Wangel').waitFor();
  expect(await fieldOf(profile, 'Phone').inputValue()).toBe('+47 22 00 00 12');
});

test('changes the own password; other browsers have to sign in again and are back where they were', async () => {
  const colleague = await addColleague(rolecall.url, 'Bolette');
  const page = await openAs(rolecall, colleague, '/account');
  const elsewhere = await openAs(rolecall, colleague, '/admin?q=dijk&sort=lastName&dir=desc&size=25');
  await expectUsernames(elsewhere, ['edsger.dijkstra@example.com']);

  await page.getByRole('button', { name: 'Change password' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change your password' });
  const change = dialog.getByRole('button', { name: 'Change password' });
  await fieldOf(dialog, 'Current password').fill('Not-Mine-1888');
  await fieldOf(dialog, 'New password').fill('lowercase');
  await change.click();
  await expectErrorAt(dialog, 'New password', 'This password does not meet the rule below.');
  await fieldOf(dialog, 'New password').fill('Lady-From-The-Sea-1888');
  await change.click();
  await expectErrorAt(dialog, 'Current password', 'wrong');
  await fieldOf(dialog, 'Current password').fill(colleague.password);
  await change.click();
  await page.getByText('Your password was changed. 1 other session ended.').waitFor();
  await dialog.waitFor({ state: 'detached' });

  await searchBox(elsewhere).fill('kay');
  await elsewhere.getByText(ENDED).waitFor();
  expect(await elsewhere.getByLabel('Username').inputValue()).toBe(colleague.username);
  await signInWith(elsewhere, colleague.username, 'Lady-From-The-Sea-1888');
  await elsewhere.waitForURL(
    (url) => url.pathname === '/admin' && url.searchParams.get('sort') === 'lastName',
  );
  expect(await elsewhere.getByText(ENDED).count()).toBe(0);

  await page.reload();
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
});

test('lists where the user is signed in, and ends one session or all others', async () => {
  const colleague = await addColleague(rolecall.url, 'Lyngstrand');
  const computer = await openAs(rolecall, colleague, '/account', { userAgent: FIREFOX });
  const phone = await openAs(rolecall, colleague, '/account', { userAgent: IPHONE });
  const third = await openAs(rolecall, colleague, '/account');
  await computer.reload();
  await sessionsOf(computer).nth(2).waitFor();
  expect(await sessionsOf(computer).count()).toBe(3);
  await sessionsOf(computer).first().getByText('Firefox on Windows').waitFor();
  await sessionsOf(computer).first().getByText('This one').waitFor();

  await computer.getByRole('button', { name: 'End the session of Safari on iPhone' }).click();
  const question = computer.getByRole('alertdialog', { name: 'End this session?' });
  await question.getByText('Safari on iPhone at 127.0.0.1 is signed out at once.').waitFor();
  await question.getByRole('button', { name: 'End session' }).click();
  await computer.getByText('1 session ended.').waitFor();
  expect(await sessionsOf(computer).count()).toBe(2);
  await phone.reload();
  await expectStep(phone, 'Sign in');

  await computer.getByRole('button', { name: 'End all others' }).click();
  await computer.getByRole('alertdialog').getByRole('button', { name: 'End all others' }).click();
  await computer.getByRole('alertdialog').waitFor({ state: 'detached' });
  expect(await sessionsOf(computer).count()).toBe(1);
  expect(await computer.getByRole('button', { name: 'End all others' }).count()).toBe(0);
  await third.reload();
  await expectStep(third, 'Sign in');
  await signOut(computer);
});

test('keeps what was typed when the session ends while typing', async () => {
  const colleague = await addColleague(rolecall.url, 'Arnholm');
  const page = await openAs(rolecall, colleague, '/account');
  const profile = page.getByRole('region', { name: 'Profile' });
  await fieldOf(profile, 'First Name').fill('Arnold');
  const elsewhere = await openAs(rolecall, colleague, '/account');
  await elsewhere.getByRole('button', { name: 'End all others' }).click();
  await elsewhere.getByRole('alertdialog').getByRole('button', { name: 'End all others' }).click();
  await elsewhere.getByText('1 session ended.').waitFor();

  await profile.getByRole('button', { name: 'Save profile' }).click();
  await page.getByText(ENDED).waitFor();
  await signInWith(page, colleague.username, colleague.password);

  await page.waitForURL('/account');
  expect(await fieldOf(profile, 'First Name').inputValue()).toBe('Arnold');
  await profile.getByRole('button', { name: 'Save profile' }).click();
  await page.getByText('Your profile was saved.').waitFor();
});

import { eventually } from './eventually';
import { useRolecall } from './harness';
import { signInWith, WRONG_CREDENTIALS } from './sign-in-form';
import { expectCount, expectUsernames, searchBox } from './user-list';
import { isFocused } from './user-form';

const rolecall = useRolecall();

test('sends the anonymous to sign in, and back to the very address they wanted', async () => {
  const wanted = '/admin?q=dijk&sort=lastName&dir=desc&size=25';
  const page = await rolecall.open(wanted);

  await page.waitForURL((url) => url.pathname === '/sign-in');
  await signInWith(page, 'admin@example.com');

  await page.waitForURL(wanted);
  await expectUsernames(page, ['edsger.dijkstra@example.com']);
  expect(await searchBox(page).inputValue()).toBe('dijk');
});

test('asks for what is missing before it asks the server', async () => {
  const page = await rolecall.open('/sign-in');

  await page.getByRole('button', { name: 'Sign in', exact: true }).click();

  await page.getByText('Enter your username.').waitFor();
  await page.getByText('Enter your password.').waitFor();
  await eventually(async () => expect(await isFocused(page.getByLabel('Username'))).toBe(true));
});

test('answers a wrong password, an unknown username and a disabled user with one message', async () => {
  const page = await rolecall.open('/sign-in');
  const alert = page.getByRole('alert').filter({ hasText: WRONG_CREDENTIALS });
  const attempts = [
    ['admin@example.com', 'Wrong-2026'],
    ['nobody@example.com', 'Demo-2026'],
    ['tony.hoare@example.com', 'Demo-2026'],
  ] as const;

  for (const [username, password] of attempts) {
    await page.reload();
    await signInWith(page, username, password);
    await alert.waitFor();
    expect(await page.getByLabel('Username').inputValue()).toBe(username);
    expect(new URL(page.url()).pathname).toBe('/sign-in');
  }
});

test('lets the user correct a wrong password without typing the username again', async () => {
  const page = await rolecall.open('/sign-in');
  await signInWith(page, 'supervisor@example.com', 'Wrong-2026');
  await page.getByText(WRONG_CREDENTIALS).waitFor();
  await eventually(async () =>
    expect(await isFocused(page.getByLabel('Password', { exact: true }))).toBe(true),
  );

  await page.keyboard.type('Demo-2026');
  await page.keyboard.press('Enter');

  await page.waitForURL('/admin');
  await expectCount(page, 60);
});

test('ends the session with Sign out, for good', async () => {
  const page = await rolecall.open('/admin?q=lovelace', { as: 'admin@example.com' });
  await expectCount(page, 1);

  await page.getByRole('button', { name: 'Sign out' }).click();

  await page.waitForURL('/sign-in');
  await page.goBack();
  await page.goto('/admin');
  await page.waitForURL('/sign-in?returnTo=%2Fadmin');
  expect(await page.getByText('Ada').count()).toBe(0);
});

test('signs the other tabs out as well', async () => {
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });
  const otherTab = await page.context().newPage();
  await otherTab.goto('/admin');
  await expectCount(otherTab, 60);

  await page.getByRole('button', { name: 'Sign out' }).click();

  await otherTab.getByText('You signed out in another tab.').waitFor();
});

test('leads signed-in users from / and /sign-in to the list', async () => {
  const page = await rolecall.open('/', { as: 'admin@example.com' });
  await page.waitForURL('/admin');

  await page.goto('/sign-in');
  await page.waitForURL('/admin');
});

test('never leads to another site after signing in', async () => {
  const page = await rolecall.open('/sign-in?returnTo=//evil.example/admin');
  await signInWith(page, 'admin@example.com');
  await page.waitForURL(`${rolecall.url}/admin`);

  const elsewhere = [
    'https://evil.example/',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '\\\\evil.example',
    '/sign-in/..//evil.example',
  ];
  for (const address of elsewhere) {
    await page.goto(`/sign-in?returnTo=${encodeURIComponent(address)}`);
    await expectCount(page, 60);
    expect(page.url()).toBe(`${rolecall.url}/admin`);
  }
});

const NOT_CONTINUED = 'Your session could not be continued. Please sign in.';

test('a renewal whose answer was lost goes on by "Try again", or says why it does not', async () => {
  rolecall.allow(/ERR_FAILED/);
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });
  // The server renews the session, and the page never hears of it.
  await page.route('**/graphql', async (route) => {
    const request = route.request();
    const body = request.postData();
    if (!body?.includes('RefreshSession')) return route.continue();
    const headers = await request.allHeaders();
    await fetch(request.url(), {
      method: 'POST',
      headers: { cookie: headers.cookie!, 'content-type': 'application/json' },
      body,
    });
    return route.abort();
  });
  await page.reload();
  const tryAgain = page.getByRole('button', { name: 'Try again' });
  await tryAgain.waitFor();
  await page.unroute('**/graphql');
  await tryAgain.click();
  await page.getByRole('heading', { name: 'User Admin' }).waitFor();

  await page.route('**/graphql', (route) => route.abort());
  await page.reload();
  await tryAgain.waitFor();
  await page.context().clearCookies();
  await page.unroute('**/graphql');
  await tryAgain.click();
  await page.waitForURL((url) => url.pathname === '/sign-in');
  await page.getByText(NOT_CONTINUED).waitFor();
});

test('a reload after the session has ended says so, a first visit does not', async () => {
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });
  await page.context().clearCookies();
  await page.reload();
  await page.waitForURL((url) => url.pathname === '/sign-in');
  await page.getByText(NOT_CONTINUED).waitFor();

  const visitor = await rolecall.open('/admin');
  await visitor.waitForURL((url) => url.pathname === '/sign-in');
  await visitor.getByLabel('Username').waitFor();
  expect(await visitor.getByText(NOT_CONTINUED).count()).toBe(0);
});

import { useRolecall } from './harness';
import { signInWith } from './sign-in-form';

const rolecall = useRolecall();

test('GraphiQL answers as the administrator who is signed in on the admin page', async () => {
  const page = await rolecall.open('/graphiql', { as: 'admin@example.com' });

  await page.getByText(/^Signed in as .+, .+/).waitFor();
  await page.getByRole('button', { name: /^Execute query/ }).click();
  await page.locator('.result-window').getByText('"admin@example.com"').waitFor();
});

test('GraphiQL runs any query with the session of the admin page', async () => {
  const page = await rolecall.open('/admin', { as: 'manager@example.com' });
  await page.getByRole('heading', { name: 'User Admin' }).waitFor();
  await page.goto('/graphiql');
  await page.getByText(/^Signed in as/).waitFor();

  await page.getByRole('button', { name: /^(New|Add) tab/ }).click();
  await page.getByRole('region', { name: 'Query Editor' }).locator('.CodeMirror').first().click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('{ viewer { user { username } } }');
  await page.getByRole('button', { name: /^Execute query/ }).click();

  await page.locator('.result-window').getByText('"manager@example.com"').waitFor();
});

test('GraphiQL leads the anonymous to the sign-in page, and is there again afterwards', async () => {
  const page = await rolecall.open('/graphiql');
  await page.getByText('Not signed in').waitFor();
  await page.getByRole('button', { name: /^Execute query/ }).click();
  await page.locator('.result-window').getByText('null').waitFor();

  await page.getByRole('link', { name: 'sign in' }).click();
  await signInWith(page, 'admin@example.com');

  await page.waitForURL('/graphiql');
  await page.getByText('Signed in as Ada Lovelace').waitFor();
  await page.goBack();
  await page.getByText('Signed in as Ada Lovelace').waitFor();
  expect(new URL(page.url()).pathname).toBe('/graphiql');
});

test('signing in leads back to GraphiQL, and to nothing else that the server serves beside the client', async () => {
  const page = await rolecall.open('/sign-in?returnTo=/health/live', { as: 'admin@example.com' });

  await page.getByRole('heading', { name: 'There is no page here' }).waitFor();
});

test('GraphiQL notices when the session ends in another tab', async () => {
  const page = await rolecall.open('/graphiql', { as: 'manager@example.com' });
  await page.getByText(/^Signed in as/).waitFor();

  await page.evaluate(() => {
    const otherTab = new BroadcastChannel('rolecall-session');
    otherTab.postMessage('signed-out');
  });

  await page.getByText('Not signed in').waitFor();
});

import { queryAs } from './api';
import { useRolecall } from './harness';
import { expectCount, rowOf, usersTable } from './user-list';

const rolecall = useRolecall();

const namesOn = (labels: (string | null)[], verbs: RegExp) =>
  labels.filter((label) => verbs.test(label ?? '')).map((label) => label!.replace(verbs, ''));

test('tells users without administrator access so in friendly words', async () => {
  const page = await rolecall.open('/admin', { as: 'agent@example.com' });

  await page.getByRole('heading', { name: 'You have no access to this page' }).waitFor();
  await page.getByText('agent@example.com').waitFor();
  expect(await page.getByRole('table').count()).toBe(0);
  expect(await page.getByRole('link', { name: 'User Admin' }).count()).toBe(0);

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('/sign-in');
});

test('shows users who may only look no button that changes anything', async () => {
  const page = await rolecall.open('/admin?size=100', { as: 'supervisor@example.com' });
  await expectCount(page, 60);

  expect(await page.getByRole('button', { name: 'Add New User' }).count()).toBe(0);
  expect(await usersTable(page).getByRole('row').count()).toBe(61);
  expect(await page.getByRole('button', { name: /^(Edit|Disable|Enable) / }).count()).toBe(0);
});

test('shows a user manager exactly the buttons that the API allows, and never Add New User', async () => {
  const page = await rolecall.open('/admin?size=100', { as: 'manager@example.com' });
  await expectCount(page, 60);
  interface Node {
    firstName: string;
    lastName: string;
    viewerCanEdit: boolean;
    viewerCanSetEnabled: boolean;
  }
  const { users } = await queryAs<{ users: { nodes: Node[] } }>(
    rolecall.url,
    'manager@example.com',
    '{ users(first: 100) { nodes { firstName lastName viewerCanEdit viewerCanSetEnabled } } }',
  );
  const named = (nodes: Node[]) => nodes.map(({ firstName, lastName }) => `${firstName} ${lastName}`);

  const labels = await usersTable(page)
    .locator('tbody button')
    .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label')));

  expect(await page.getByRole('button', { name: 'Add New User' }).count()).toBe(0);
  expect(namesOn(labels, /^Edit /)).toEqual(named(users.nodes.filter((node) => node.viewerCanEdit)));
  expect(namesOn(labels, /^(Disable|Enable) /)).toEqual(
    named(users.nodes.filter((node) => node.viewerCanSetEnabled)),
  );
  expect(labels).not.toContain('Edit Ada Lovelace');
  expect(labels).not.toContain('Disable Grace Hopper');
  expect(labels).toEqual(
    expect.arrayContaining(['Edit Joan Clarke', 'Disable Joan Clarke', 'Enable Karen Spärck Jones']),
  );
});

test('gives administrators every button but the one to disable themselves', async () => {
  const page = await rolecall.open('/admin', { as: 'admin@example.com' });
  await expectCount(page, 60);
  const actionsOn = (username: string) =>
    rowOf(page, username)
      .getByRole('button')
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label')));

  await page.getByRole('button', { name: 'Add New User' }).waitFor();
  expect(await actionsOn('admin@example.com')).toEqual(['Edit Ada Lovelace']);
  expect(await actionsOn('manager@example.com')).toEqual(['Edit Grace Hopper', 'Disable Grace Hopper']);
});

test('leads from an address that does not exist to the start page', async () => {
  const page = await rolecall.open('/admin/nowhere', { as: 'admin@example.com' });

  await page.getByRole('heading', { name: 'There is no page here' }).waitFor();
  await page.getByRole('link', { name: 'Go to the start page' }).click();

  await page.waitForURL('/admin');
  await expectCount(page, 60);
});

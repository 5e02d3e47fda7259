import { addColleague } from './colleagues';
import { useRolecall } from './harness';
import { linkIn, mailsTo } from './mailbox';
import { expectStep, setNewPassword, signInWith, WRONG_CREDENTIALS } from './sign-in-form';

const rolecall = useRolecall();

const REQUESTED = /^If there is an account for .+, a mail with a link is on its way\.$/;

async function requestLink(username: string) {
  const page = await rolecall.open('/sign-in?forgot');
  await expectStep(page, 'Forgotten password');
  await page.getByLabel('Username').fill(username);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByText(REQUESTED).waitFor();
  return page;
}

test('mails a link that sets a new password, which then signs the user in', async () => {
  const colleague = await addColleague(rolecall.url, 'Nora');
  const page = await rolecall.open('/sign-in');
  await signInWith(page, colleague.username, 'Forgotten-1879');
  await page.getByText(WRONG_CREDENTIALS).waitFor();

  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await expectStep(page, 'Forgotten password');
  expect(await page.getByLabel('Username').inputValue()).toBe(colleague.username);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByText(REQUESTED).waitFor();

  const [mail] = await mailsTo(rolecall.mailFolder, colleague.username, 'password_reset');
  await page.goto(linkIn(mail!));
  await expectStep(page, 'Set a new password');
  await page.waitForURL('/reset-password');
  await setNewPassword(page, 'Tarantella-1879');

  await page.getByText('Your new password is set. Sign in with it.').waitFor();
  await signInWith(page, colleague.username, colleague.password);
  await page.getByText(WRONG_CREDENTIALS).waitFor();
  await signInWith(page, colleague.username, 'Tarantella-1879');
  await page.waitForURL('/admin');
});

test('leads back to signing in for users who remember the password after all', async () => {
  const page = await rolecall.open('/admin?q=dijk');
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await page.getByRole('link', { name: 'Back to sign in' }).click();
  await signInWith(page, 'admin@example.com');

  await page.waitForURL('/admin?q=dijk');
});

test('refuses a link that was used, and leads to a new one', async () => {
  const colleague = await addColleague(rolecall.url, 'Torvald');
  await requestLink(colleague.username);
  const [mail] = await mailsTo(rolecall.mailFolder, colleague.username, 'password_reset');
  const link = linkIn(mail!);
  const first = await rolecall.open(link);
  await setNewPassword(first, 'Macaroons-1879');
  await first.waitForURL('/sign-in');

  const second = await rolecall.open(link);
  await setNewPassword(second, 'Macaroons-1880');
  await expectStep(second, 'This link does not work');
  await second.getByText('have been used already').waitFor();

  await second.getByRole('link', { name: 'Ask for a new link' }).click();
  await expectStep(second, 'Forgotten password');
  await second.getByLabel('Username').fill(colleague.username);
  await second.getByRole('button', { name: 'Send the link' }).click();
  const mails = await mailsTo(rolecall.mailFolder, colleague.username, 'password_reset', 2);
  await second.goto(linkIn(mails[1]!));
  await setNewPassword(second, 'Macaroons-1880');
  await second.getByText('Your new password is set.').waitFor();
});

test('follows a link that is opened in the tab of another one', async () => {
  const page = await rolecall.open('/reset-password#token=unknown');
  await expectStep(page, 'Set a new password');
  await page.waitForURL('/reset-password');
  await setNewPassword(page, 'Macaroons-1879');
  await expectStep(page, 'This link does not work');

  await page.evaluate(() => (window.location.hash = '#token=another'));
  await expectStep(page, 'Set a new password');
});

test('asks for another link when the first one does not come', async () => {
  const page = await requestLink('agent@example.com');

  await page.getByRole('button', { name: 'Ask again' }).click();
  expect(await page.getByLabel('Username').inputValue()).toBe('agent@example.com');
  await page.getByRole('button', { name: 'Send the link' }).click();

  await page.getByText(REQUESTED).waitFor();
  await mailsTo(rolecall.mailFolder, 'agent@example.com', 'password_reset', 2);
});

test('says the same about usernames that nobody has, and mails nothing', async () => {
  const known = await requestLink('manager@example.com');
  const unknown = await requestLink('nobody@example.com');
  const texts = [known, unknown].map((page) => page.getByText(REQUESTED).innerText());
  const [first, second] = await Promise.all(texts);
  expect(second).toBe(first!.replace('manager@', 'nobody@'));

  await mailsTo(rolecall.mailFolder, 'manager@example.com', 'password_reset');
  await mailsTo(rolecall.mailFolder, 'nobody@example.com', 'password_reset', 0);
});

test('says the rule at the field when the new password breaks it', async () => {
  await requestLink('supervisor@example.com');
  const [mail] = await mailsTo(rolecall.mailFolder, 'supervisor@example.com', 'password_reset');
  const page = await rolecall.open(linkIn(mail!));

  await setNewPassword(page, 'lowercase');
  await page.getByText('This password does not meet the rule below.').waitFor();
  await setNewPassword(page, `Aa${'a'.repeat(1000)}`);
  await page.getByText('Password must have at most 1000 characters.').waitFor();
  await setNewPassword(page, 'Orbits-By-Hand-1962');
  await page.getByText('Your new password is set.').waitFor();
});

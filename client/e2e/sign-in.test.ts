import { expectAccessible, useRolecall } from './harness';

const rolecall = useRolecall();

test.each(['light', 'dark'] as const)('the sign-in page is accessible in %s colors', async (colorScheme) => {
  const page = await rolecall.open('/sign-in', { colorScheme });

  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  await expectAccessible(page);
});

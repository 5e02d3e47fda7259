import { createDeferredWork, DEFERRAL } from '../src/background/deferred-work';

test('of more work than a thousand pieces at once, the rest is dropped, with a warning', async () => {
  const warn = jest.fn();
  const { later, finish } = createDeferredWork({ warn }, DEFERRAL);
  let done = 0;
  const work = async () => {
    done += 1;
  };
  for (let piece = 0; piece < 1000; piece += 1) later(work);
  expect(warn).not.toHaveBeenCalled();
  later(work);
  expect(warn).toHaveBeenCalledTimes(1);
  await finish();
  expect(done).toBe(1000);
});

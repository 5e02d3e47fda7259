import { createDeferredWork, DEFERRAL } from '../src/background/deferred-work';

const MOST = 1000;

test('of more work than a thousand pieces at once the rest is dropped, with one warning for each flood', async () => {
  const warn = jest.fn();
  const { later, finish } = createDeferredWork('pieces', { warn }, DEFERRAL);
  let done = 0;
  const flood = (pieces: number) => {
    for (let piece = 0; piece < pieces; piece += 1)
      later(async () => {
        done += 1;
      });
  };
  flood(MOST);
  expect(warn).not.toHaveBeenCalled();
  flood(500);
  expect(warn.mock.calls).toEqual([[{}, 'There are too many pieces; some are dropped']]);
  await finish();
  expect(done).toBe(MOST);

  flood(MOST + 500);
  await finish();
  expect(warn).toHaveBeenCalledTimes(2);
  expect(done).toBe(2 * MOST);
});

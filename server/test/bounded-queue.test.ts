import { createBoundedQueue } from '../src/background/bounded-queue';
import { hashingLimits } from '../src/passwords/hashing-limits';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const lasting = (milliseconds: number) => () =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
const request = () => new AbortController().signal;

async function durationOf(work: Promise<unknown>): Promise<number> {
  const begun = performance.now();
  const done = work.then(() => performance.now() - begun);
  await jest.advanceTimersByTimeAsync(10_000);
  return done;
}

test('work that is only pretended takes as long as the last work did, its wait included, and nobody’s turn', async () => {
  const queue = createBoundedQueue({ atOnce: 1, places: 10, patience: 5000 });
  const real = jest.fn(lasting(1));
  await durationOf(
    Promise.all([queue.turnsFor(request()).take(lasting(40)), queue.turnsFor(request()).take(lasting(40))]),
  );
  const pretended = await durationOf(queue.turnsFor(request()).pretend(real));
  expect([40, 80]).toContain(Math.round(pretended));
  expect(real).not.toHaveBeenCalled();
});

test('when nothing was done for a minute, it is done once for real, and pretended from then on', async () => {
  const queue = createBoundedQueue({ atOnce: 1, places: 10, patience: 5000 });
  const real = jest.fn(lasting(30));
  expect(Math.round(await durationOf(queue.turnsFor(request()).pretend(real)))).toBe(30);
  expect(Math.round(await durationOf(queue.turnsFor(request()).pretend(real)))).toBe(30);
  expect(real).toHaveBeenCalledTimes(1);
  jest.advanceTimersByTime(60_000);
  await durationOf(queue.turnsFor(request()).pretend(real));
  expect(real).toHaveBeenCalledTimes(2);
});

test('turns come in the order of asking, as many at once as there may be; failures give theirs back', async () => {
  const queue = createBoundedQueue({ atOnce: 2, places: 10, patience: 5000 });
  const begun: number[] = [];
  const all = [1, 2, 3, 4, 5].map((number) =>
    queue.turnsFor(request()).take(async () => {
      begun.push(number);
      await lasting(10)();
      if (number === 1) throw new Error('no');
    }),
  );
  const settled = Promise.allSettled(all);
  await jest.advanceTimersByTimeAsync(5);
  expect(begun).toEqual([1, 2]);
  await jest.advanceTimersByTimeAsync(10);
  expect(begun).toEqual([1, 2, 3, 4]);
  await jest.advanceTimersByTimeAsync(10);
  expect(begun).toEqual([1, 2, 3, 4, 5]);
  await jest.advanceTimersByTimeAsync(10);
  expect((await settled).map(({ status }) => status)).toEqual([
    'rejected',
    ...Array<string>(4).fill('fulfilled'),
  ]);
});

test('nobody gets a place whose turn would come too late, by the time that the work takes of late', async () => {
  const queue = createBoundedQueue({ atOnce: 1, places: 100, patience: 100 });
  const admitted = () => {
    let count = 0;
    const gone = new AbortController();
    for (; !queue.isFull; count += 1) queue.turnsFor(gone.signal).admit();
    gone.abort();
    return count;
  };
  const work = async (milliseconds: number) => {
    const end = new AbortController();
    await durationOf(queue.turnsFor(end.signal).take(lasting(milliseconds)));
    end.abort();
  };
  expect(admitted()).toBe(100);
  await work(20);
  expect(admitted()).toBe(6);
  for (let time = 0; time < 32; time += 1) await work(500);
  expect(admitted()).toBe(2);
  jest.advanceTimersByTime(60_000);
  expect(admitted()).toBe(100);
});

test.each([
  [null, 1, 1],
  [null, 2, 1],
  [null, 4, 3],
  [null, 64, 3],
  [8, 2, 8],
])(
  'with %s in the configuration and %d cores, %d passwords are hashed at once',
  (configured, cores, atOnce) => {
    expect(hashingLimits(configured, cores)).toMatchObject({ atOnce, places: 20 * atOnce });
  },
);

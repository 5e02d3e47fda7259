import { TokenBuckets } from '../src/throttle/token-buckets';

const START = new Date('2026-06-01T12:00:00Z');
const after = (seconds: number) => new Date(START.getTime() + seconds * 1000);

test('as much as the capacity may be taken at once, then as much as comes back', () => {
  const buckets = new TokenBuckets(600);
  expect(buckets.take('a', 600, START)).toBe(0);
  expect(buckets.take('a', 1, START)).toBe(100);
  expect(buckets.take('a', 50, START)).toBe(5000);
  expect(buckets.take('a', 50, after(5))).toBe(0);
  expect(buckets.take('a', 1, after(5))).toBe(100);
});

test('what is refused takes nothing', () => {
  const buckets = new TokenBuckets(600);
  buckets.take('a', 590, START);
  for (let time = 0; time < 5; time += 1) expect(buckets.take('a', 20, START)).toBe(1000);
  expect(buckets.look('a', START).remaining).toBe(10);
});

test('each caller has a bucket of their own', () => {
  const buckets = new TokenBuckets(10);
  expect(buckets.take('a', 10, START)).toBe(0);
  expect(buckets.take('b', 10, START)).toBe(0);
});

test('tells what is left, and when all is back', () => {
  const buckets = new TokenBuckets(600);
  expect(buckets.look('a', START)).toEqual({ remaining: 600, fullAt: START });
  buckets.take('a', 100, START);
  expect(buckets.look('a', START)).toEqual({ remaining: 500, fullAt: after(10) });
  expect(buckets.look('a', after(4))).toEqual({ remaining: 540, fullAt: after(10) });
  expect(buckets.look('a', after(11))).toEqual({ remaining: 600, fullAt: after(11) });
});

test('a clock that is set back neither fills nor locks', () => {
  const buckets = new TokenBuckets(600);
  buckets.take('a', 600, after(3600));
  expect(buckets.take('a', 10, START)).toBe(1000);
  expect(buckets.take('a', 10, after(3601))).toBe(0);
});

test('full buckets are forgotten as others are used', () => {
  const buckets = new TokenBuckets(60);
  for (let caller = 0; caller < 1000; caller += 1) buckets.take(`early ${caller}`, 1, START);
  expect(buckets.size).toBe(1000);
  for (let caller = 0; caller < 1000; caller += 1) buckets.take(`late ${caller}`, 60, after(2));
  expect(buckets.size).toBe(1000);
  for (let time = 0; time < 1000; time += 1) buckets.take('one', 1, after(70 + time));
  expect(buckets.size).toBe(1);
});

test('so many are remembered at most: who called longest ago is forgotten first', () => {
  const buckets = new TokenBuckets(60, 100);
  for (let caller = 0; caller < 1000; caller += 1) {
    buckets.take(`caller ${caller}`, 60, START);
    buckets.take('a', 0.01, START);
  }
  expect(buckets.size).toBe(100);
  expect(buckets.look('a', START).remaining).toBe(50);
  expect(buckets.look('caller 999', START).remaining).toBe(0);
  expect(buckets.look('caller 800', START).remaining).toBe(60);
});

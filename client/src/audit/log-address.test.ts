import { isFiltered, logHref, logVariables, readLogAddress, type LogAddress } from './log-address';

const PATH = '/admin/audit';
const read = (query: string): LogAddress => readLogAddress(new URLSearchParams(query));

test('what is asked for stands in the address and comes back from it', () => {
  const query = 'actor=1&user=2&action=USER_LOCKED&from=2026-03-01&to=2026-03-31&after=x&size=25';
  expect(logHref(PATH, read(query))).toBe(`${PATH}?${query}`);
  expect(logHref(PATH, read(''))).toBe(PATH);
});

test('what it does not understand in the address it leaves out', () => {
  const odd = 'action=toString&from=2026-02-30&to=yesterday&size=7&x=1';
  expect(read(odd)).toEqual(read(''));
  expect(isFiltered(read(odd))).toBe(false);
});

test('of two places in the list the later one is meant', () => {
  expect(read('after=x&before=y')).toMatchObject({ after: 'x', before: null });
  expect(logVariables(read('before=y&size=25'))).toMatchObject({ last: 25, before: 'y' });
});

test('both days are included, from midnight to midnight where the reader is', () => {
  const { filter } = logVariables(read('from=2026-03-01&to=2026-03-31'));
  expect(new Date(String(filter?.from))).toEqual(new Date(2026, 2, 1));
  expect(new Date(String(filter?.to))).toEqual(new Date(2026, 3, 1));
});

test.each(['actor=1', 'user=1', 'action=USER_LOCKED', 'from=2026-03-01', 'to=2026-03-01'])(
  '%s is a filter',
  (query) => {
    expect(isFiltered(read(query))).toBe(true);
    expect(logVariables(read(query)).filter).not.toEqual({});
  },
);

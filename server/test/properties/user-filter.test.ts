import fc from 'fast-check';
import { startService, type TestService } from '../harness';
import { listUsers, walkPages } from '../user-list';
import { argumentsOf, expectedIds, listPlan } from './naive-user-filter';
import { SHRINKING_ENDS, TEST_ENDS } from './random-organizations';
import { buildPlannedUsers, userPlan } from './random-users';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});

test(
  'every filter, search, order and page lists whom a comparison one by one finds, both ways',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(userPlan, { minLength: 3, maxLength: 20 }),
        fc.boolean(),
        fc.array(listPlan, { minLength: 12, maxLength: 12 }),
        async (plans, requiresMfa, lists) => {
          const planned = await buildPlannedUsers(service, plans, requiresMfa);
          for (const list of lists) {
            const expected = expectedIds(list, planned);
            const args = argumentsOf(list, planned);
            expect(await walkPages(service, planned.token, args, list.size, 'forwards')).toEqual(expected);
            expect(await walkPages(service, planned.token, args, list.size, 'backwards')).toEqual(expected);
            expect((await listUsers(service, planned.token, args)).totalCount).toBe(expected.length);
          }
        },
      ),
      { numRuns: 15, ...SHRINKING_ENDS },
    );
  },
  TEST_ENDS,
);

import { buildRolecallSchema } from '../../src/graphql/schema';
import { startService, type TestService } from '../harness';
import { SILENT } from '../audit-mutations';
import { changedTables, takeSnapshot, type Snapshot } from './changes';
import { generateCall, type GeneratedCall } from './generate-call';
import { createRandom } from './random';
import { CALLERS, reap, setScene, type Scene } from './scene';
import { send, type Outcome } from './send';
import { summarize, type Tally } from './tally';

const CALLS = Number(process.env.FUZZ_CALLS ?? 10_500);
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_127);

const CALLS_OF_A_SCENE = 120;
/** The rows are read after each mutation; a new database in between keeps that quick. */
const CALLS_OF_A_DATABASE = 600;
/** Queries and mutations take turns; the rows are read after each mutation, but once after so many queries. */
const QUERIES_AT_ONCE = 15;
const MUTATIONS_AT_ONCE = 20;

const schema = buildRolecallSchema();

/** A refresh token that comes a second time ends its session: the one refusal that changes something. */
const CHANGES_WHEN_REFUSED = ['refreshSession'];

/** Tells that a call was carried out, also one that found nothing to change. */
const KEYS = 'idempotency_key';

/** What is wrong with an outcome in itself. */
function faultsOf(outcome: Outcome): string[] {
  const faults = [];
  if (outcome.status >= 500 && !outcome.codes.includes('OVERLOADED')) faults.push(`status ${outcome.status}`);
  if (outcome.codes.includes('INTERNAL')) faults.push('INTERNAL');
  if (outcome.hangs) faults.push(`took ${Math.round(outcome.work)} ms of the processor`);
  return faults;
}

/** What is wrong with what it changed. */
function faultsOfChange(call: GeneratedCall, outcome: Outcome, before: Snapshot, after: Snapshot): string[] {
  const changed = changedTables(before, after);
  const isTold = changed.includes('audit_event');
  if (changed.length === 0) return [];
  const name = call.field ?? 'no field';
  if (outcome.isRefused && !(CHANGES_WHEN_REFUSED.includes(name) && isTold)) {
    return [`was refused, but changed ${changed.join(', ')}`];
  }
  const isSilent = name in SILENT || changed.every((table) => table === KEYS);
  return isTold || isSilent ? [] : [`changed ${changed.join(', ')} without an event`];
}

async function makeCalls(count: number, seed: number, tallies: Tally[]): Promise<string[]> {
  const service: TestService = await startService({ trustedProxies: ['127.0.0.1'] });
  const random = createRandom(seed);
  const faults: string[] = [];
  let scene: Scene | null = null;
  let before: Snapshot | null = null;
  for (let number = 0; number < count; number += 1) {
    if (number % CALLS_OF_A_SCENE === 0) scene = null;
    if (scene === null) before = null;
    scene ??= await setScene(service, number);
    before ??= await takeSnapshot(service);
    const turn = number % (QUERIES_AT_ONCE + MUTATIONS_AT_ONCE);
    const isMutation = turn >= QUERIES_AT_ONCE;
    const call = generateCall(schema, service, scene, random, CALLERS[number % CALLERS.length]!, isMutation);
    const outcome = await send(service, call);
    reap(scene, outcome.data);
    const found = faultsOf(outcome);
    if (isMutation || turn === QUERIES_AT_ONCE - 1) {
      const after = await takeSnapshot(service);
      found.push(...faultsOfChange(call, outcome, before, after));
      before = after;
    }
    faults.push(
      ...found.map(
        (fault) => `${fault}: seed ${seed}, call ${number}, ${call.caller}: ${call.body.slice(0, 600)}`,
      ),
    );
    tallies.push({ call, outcome });
    // Whoever has signed out, or has been, can call nothing more.
    const isOut: boolean =
      call.caller !== 'anonymous' && !call.isBad && outcome.codes.includes('UNAUTHENTICATED');
    if (isOut && isMutation) scene = null;
  }
  await service.stop();
  return faults;
}

test(
  'no generated call fails, hangs, changes something unseen, or changes anything when it is refused',
  async () => {
    const tallies: Tally[] = [];
    const faults: string[] = [];
    for (let made = 0; made < CALLS; made += CALLS_OF_A_DATABASE) {
      const count = Math.min(CALLS_OF_A_DATABASE, CALLS - made);
      faults.push(...(await makeCalls(count, SEED + made, tallies)));
    }
    process.stdout.write(`\n${testEngine}, seed ${SEED}:\n${summarize(tallies)}\n`);
    expect(faults).toEqual([]);
    expect(tallies).toHaveLength(CALLS);
    expect(tallies.filter(({ call }) => call.isBad).length).toBeGreaterThan(CALLS * 0.15);
    expect(tallies.filter(({ outcome }) => outcome.isShed).length).toBeLessThan(CALLS * 0.02);
  },
  60 * 60_000,
);

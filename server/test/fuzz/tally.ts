import type { GeneratedCall } from './generate-call';
import type { Outcome } from './send';
import { CALLERS } from './scene';

export interface Tally {
  readonly call: GeneratedCall;
  readonly outcome: Outcome;
}

/** For people: how many calls there were by caller, what came of them, and how long they took. */
export function summarize(tallies: readonly Tally[]): string {
  const lines = CALLERS.map((caller) => {
    const own = tallies.filter(({ call }) => call.caller === caller);
    const count = (holds: (tally: Tally) => boolean) => own.filter(holds).length;
    const done = count(({ call, outcome }) => call.isMutation && !outcome.isRefused);
    return `  ${caller.padEnd(14)} ${own.length} calls, ${count(({ call }) => call.isBad)} bad, ${count(
      ({ outcome }) => outcome.isRefused,
    )} refused, ${done} mutations carried out`;
  });
  const codes = new Map<string, number>();
  for (const code of tallies.flatMap(({ outcome }) => [...new Set(outcome.codes)])) {
    codes.set(code, (codes.get(code) ?? 0) + 1);
  }
  const byCount = [...codes].sort(([, a], [, b]) => b - a).map(([code, count]) => `${code} ${count}`);
  const longest = (of: 'work' | 'wait') => Math.round(Math.max(...tallies.map(({ outcome }) => outcome[of])));
  return [
    ...lines,
    `  ${byCount.join(', ')}`,
    `  at most ${longest('work')} ms of the processor, ${longest('wait')} ms of waiting`,
  ].join('\n');
}

import type { TestService } from '../harness';
import type { GeneratedCall } from './generate-call';

export interface Outcome {
  readonly status: number;
  /** Of the errors at the top, and of the user errors. */
  readonly codes: readonly string[];
  readonly data: unknown;
  readonly isRefused: boolean;
  /** Whether the service said that it is too much for it, before any resolver. */
  readonly isShed: boolean;
  /** Time of the processor, of service and test, which share a process. Milliseconds. */
  readonly work: number;
  /** Time that passed, which depends on what else the machine does. Milliseconds. */
  readonly wait: number;
  readonly hangs: boolean;
}

/** Beyond this a call blocks others. Milliseconds. */
const LONGEST_WORK = 1000;
const PATIENCE = 20_000;

const SHED = ['QUERY_TOO_COMPLEX', 'RATE_LIMITED', 'OVERLOADED'];

interface Body {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

export async function send({ url }: TestService, { body, headers }: GeneratedCall): Promise<Outcome> {
  const started = performance.now();
  const usage = process.cpuUsage();
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body,
    signal: AbortSignal.timeout(PATIENCE),
  }).catch((error: unknown) => error);
  const text = response instanceof Response ? await response.text() : '';
  const { user, system } = process.cpuUsage(usage);
  const work = (user + system) / 1000;
  const { data = null, errors = [] } = parse(text);
  const payloads = Object.values(data ?? {});
  const userErrors = payloads.flatMap((payload) => userErrorsOf(payload));
  const codes = [...errors.map(({ extensions }) => extensions?.code ?? 'NO_CODE'), ...userErrors];
  const status = response instanceof Response ? response.status : 599;
  return {
    status,
    codes,
    data,
    // An error further down does not undo what the root field has done.
    isRefused: payloads.every((payload) => payload === null) || userErrors.length > 0,
    isShed: codes.some((code) => SHED.includes(code)),
    work,
    wait: performance.now() - started,
    hangs: work > LONGEST_WORK || !(response instanceof Response),
  };
}

function parse(text: string): Body {
  try {
    return (JSON.parse(text) ?? {}) as Body;
  } catch {
    return {};
  }
}

function userErrorsOf(payload: unknown): string[] {
  const { userErrors = [] } = (payload ?? {}) as { userErrors?: readonly { code: string }[] };
  return userErrors.map(({ code }) => code);
}

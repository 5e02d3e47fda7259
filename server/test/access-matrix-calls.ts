import type { Caller } from './access-matrix-callers';
import { isListOfIds, type Decision, type SchemaField } from './access-matrix-schema';
import type { IdArgument, RootEntry } from './access-matrix-table';
import type { Targets } from './access-matrix-targets';
import type { TestService } from './harness';

export interface Root extends SchemaField {
  readonly entry: RootEntry;
}

type Variables = Readonly<Record<string, unknown>>;

/** The same for all calls, whose answers must not differ by it. */
const REQUEST_ID = 'access-matrix';

export interface Denial {
  readonly requestId: string;
  readonly code: string;
  readonly requires?: string;
}

export interface Answer {
  /** All that a client gets to see. */
  readonly bytes: string;
  readonly data: Readonly<Record<string, Readonly<Record<string, unknown>> | null>> | null;
  readonly codes: readonly string[];
  readonly denials: readonly { readonly path?: readonly string[]; readonly extensions: Denial }[];
}

export async function call(
  { url }: TestService,
  document: string,
  variables: Variables,
  token: string | null,
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-request-id': REQUEST_ID,
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query: document, variables }),
  });
  const text = await response.text();
  const { data, errors } = JSON.parse(text) as { data: Answer['data']; errors?: Answer['denials'] };
  const [payload] = Object.values(data ?? {});
  const userErrors = (payload?.userErrors ?? []) as { code: string }[];
  const shown = ['content-type', 'set-cookie', 'cache-control'].map((name) => response.headers.get(name));
  return {
    bytes: [response.status, ...shown, text].join('\n'),
    data,
    codes: userErrors.map(({ code }) => code),
    denials: errors ?? [],
  };
}

/** The error that the decision on a field gives this caller; null when the field is open to them. */
export function expectedDenial(decision: Decision, { permissions }: Caller): Denial | null {
  if (decision === 'public') return null;
  const requestId = REQUEST_ID;
  if (permissions === null) return { code: 'UNAUTHENTICATED', requestId };
  if (decision === 'signedIn' || permissions.includes(decision)) return null;
  return { code: 'FORBIDDEN', requires: decision.toUpperCase(), requestId };
}

export const MISSING = 'user_2147480000';

/** Ids that nothing has, among them texts that MySQL would convert to this id. */
export function missingIds(own: string): unknown[] {
  const [type = '', digits = ''] = own.split('_');
  const nobodys = [
    MISSING,
    1,
    '1abc',
    digits,
    '0',
    '1e0',
    ' 1',
    '-1',
    '99999999999999999999',
    '',
    type,
    `${type}_`,
  ];
  const ofType = ['0', '-1', '01', '1e0', '2147480000', '99999999999', digits.padStart(12, '0')].map(
    (number) => `${type}_${number}`,
  );
  const alike = [own.toUpperCase(), own.replace('_', '-'), own.replace('_', '__'), own.replace('_', '')];
  return [
    ...nobodys,
    ...ofType,
    ...alike,
    `${own}abc`,
    ` ${own}`,
    `${own} `,
    `0${own}`,
    `+${own}`,
    `${own}.0`,
    `${own}e0`,
  ];
}

export interface Attempt {
  readonly what: string;
  readonly variables: Variables;
}

/** Calls with each of these ids at one argument; in a list also beside one that nothing has. */
export function withIds(
  root: Root,
  path: string,
  { beside, answer }: Pick<IdArgument, 'beside' | 'answer'>,
  own: Targets,
  ids: readonly unknown[],
): Attempt[] {
  const isList = isListOfIds(root, path);
  const base = root.entry.variables(own);
  const variables = beside ? replaced(base, ...beside) : base;
  return ids
    .flatMap((id) => (isList ? [[id], ...(answer === 'nulls' ? [] : [[MISSING, id]])] : [id]))
    .map((value) => {
      return { what: `${path}: ${JSON.stringify(value)}`, variables: replaced(variables, path, value) };
    });
}

function replaced(variables: Variables, path: string, value: unknown): Variables {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) return { ...variables, [first]: value };
  return { ...variables, [first]: replaced(variables[first] as Variables, rest.join('.'), value) };
}

/** What a stranger could try: the plain call, and each ID argument with each kind of id. */
export function attempts(root: Root, own: Targets, other: Targets): Attempt[] {
  const { variables, bare, ids = {} } = root.entry;
  const tried = Object.entries(ids).flatMap(([path, kinds]) =>
    kinds.flatMap((kind) => withIds(root, path, kind, own, [own[kind.of], other[kind.of], MISSING, '1abc'])),
  );
  const empty = bare ? [{ what: 'bare', variables: bare }] : [];
  return [{ what: 'plain', variables: variables(own) }, ...empty, ...tried];
}

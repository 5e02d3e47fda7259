import { getNamedType, isLeafType } from 'graphql';
import { ALL_PERMISSIONS } from '../src/access/permissions';
import { AuditEvent } from '../src/audit/audit-event.entity';
import { transaction } from '../src/database/transaction';
import { buildRolecallSchema } from '../src/graphql/schema';
import {
  attempts,
  call,
  expectedDenial,
  MISSING,
  missingIds,
  withIds,
  type Answer,
  type Root,
} from './access-matrix-calls';
import { buildCallers, type Caller } from './access-matrix-callers';
import { rowsOfOrganization } from './access-matrix-rows';
import { documentOf, fieldsOf, isRoot, selectionOf, type SchemaField } from './access-matrix-schema';
import { GUARDED_FIELDS, ROOT_FIELDS, WAYS } from './access-matrix-table';
import { buildTargets, type Targets } from './access-matrix-targets';
import {
  rowIdOf,
  buildOrganization,
  buildPerson,
  signIn,
  type BuiltOrganization,
  type Person,
} from './builders';
import { CHEAP_HASH } from './cheap-hash';
import { startService, type TestService } from './harness';
import { isSignedIn } from './sign-in-steps';
import { expectNothingWritten } from './stored-rows';

const schema = buildRolecallSchema();
const FIELDS = fieldsOf(schema);
const ROOT_FIELDS_THERE = FIELDS.filter((field) => isRoot(schema, field));
const GUARDED_FIELDS_THERE = FIELDS.filter((field) => !isRoot(schema, field) && field.decision !== null);

const ROOTS: Root[] = ROOT_FIELDS_THERE.flatMap((field) => {
  const entry = ROOT_FIELDS[field.path];
  return entry ? [{ ...field, entry }] : [];
});
const ID_ARGUMENTS = ROOTS.flatMap((root) =>
  Object.entries(root.entry.ids ?? {}).flatMap(([argument, kinds]) =>
    kinds.map((kind) => ({ root, path: root.path, argument, ...kind })),
  ),
);

let service: TestService;
let callers: Caller[];
/** The organization of most callers, and another one. */
const organizations = {} as Record<Caller['home'], BuiltOrganization>;
const administrators = {} as Record<Caller['home'], Person>;
const targets = {} as Record<Caller['home'], Targets>;

beforeAll(async () => {
  service = await startService();
  for (const home of ['own', 'other'] as const) {
    organizations[home] = await buildOrganization(service, home);
    administrators[home] = await buildPerson(service, organizations[home], 'administrator');
    targets[home] = await buildTargets(service, organizations[home], administrators[home]);
  }
  callers = await buildCallers(service, organizations.own, organizations.other);
});

const newPerson = async () =>
  buildPerson(service, organizations.own, 'agent', { passwordHash: await CHEAP_HASH });
const newTargets = () => buildTargets(service, organizations.own, administrators.own);

const isOpenTo = ({ entry }: Root, caller: Caller) => expectedDenial(entry.decision, caller) === null;
const needsPermission = ({ entry }: Root) => entry.decision !== 'public' && entry.decision !== 'signedIn';

test('every root field, guarded field and ID argument has its entry, and the decision that stands there', () => {
  const decisions = (fields: readonly SchemaField[]) =>
    Object.fromEntries(fields.map(({ path, decision }) => [path, decision]));
  expect(decisions(ROOT_FIELDS_THERE)).toEqual(
    Object.fromEntries(Object.entries(ROOT_FIELDS).map(([path, { decision }]) => [path, decision])),
  );
  expect(decisions(GUARDED_FIELDS_THERE)).toEqual(GUARDED_FIELDS);
  const ids = FIELDS.flatMap(({ path, idArguments }) => idArguments.map((id) => `${path} ${id}`));
  const known = new Set(ID_ARGUMENTS.map(({ path, argument }) => `${path} ${argument}`));
  expect(ids.sort()).toEqual([...known].sort());
  const types = new Set(GUARDED_FIELDS_THERE.map(({ type }) => type.name));
  expect([...types].sort()).toEqual(Object.keys(WAYS).sort());
});

test.each(ROOTS)('$path is closed to whom it must be, whatever id they give', async (root) => {
  const document = documentOf(root, selectionOf(root.field.type, 1));
  await expectNothingWritten(service, async () => {
    for (const caller of callers.filter((one) => !isOpenTo(root, one))) {
      const different = new Set<string>();
      for (const { what, variables } of attempts(root, targets.own, targets.other)) {
        const { bytes, denials } = await call(service, document, variables, caller.token);
        const denial = expectedDenial(root.entry.decision, caller);
        expect([caller.name, what, denials[0]?.extensions]).toEqual([caller.name, what, denial]);
        different.add(bytes);
      }
      expect([caller.name, different.size]).toEqual([caller.name, 1]);
    }
  });
});

test.each(ROOTS)('$path takes whoever is not quite signed in for nobody', async (root) => {
  const document = documentOf(root, selectionOf(root.field.type, 3));
  await expectNothingWritten(service, async () => {
    for (const { what, variables } of attempts(root, targets.own, targets.other)) {
      const anonymous = await call(service, document, variables, null);
      for (const { name, token } of callers.filter(({ permissions }) => permissions === null)) {
        const { bytes } = await call(service, document, variables, token);
        expect([name, what, bytes]).toEqual([name, what, anonymous.bytes]);
      }
    }
  });
});

/** Another organization's; of sessions also a colleague's, which is not the caller's either. */
function foreignIds(kind: keyof Targets, { home }: Caller): unknown[] {
  const foreign = targets[home === 'own' ? 'other' : 'own'][kind];
  return [foreign, ...(kind === 'session' ? [targets[home].session] : [])];
}

/** What is said of a missing object: null, nulls, an empty list, or codes. */
function answerWithout({ data, codes }: Answer, root: string): readonly string[] {
  const value = data?.[root] as { nodes?: unknown[] } | null | undefined;
  if (codes.length > 0) return codes;
  if (value === null) return ['null'];
  if (Array.isArray(value)) return value.every((item) => item === null) ? ['nulls'] : [];
  return value?.nodes?.length === 0 ? ['empty'] : [];
}

test.each(ID_ARGUMENTS)(
  '$path answers exactly the same to a foreign $of as $argument as to a missing one',
  async ({ root, argument, ...kind }) => {
    const { answer } = kind;
    const document = documentOf(root, selectionOf(root.field.type, 3));
    await expectNothingWritten(service, async () => {
      for (const caller of callers.filter((one) => isOpenTo(root, one))) {
        if (kind.requires && !caller.permissions?.includes(kind.requires)) continue;
        const own = targets[caller.home];
        const ids = [...missingIds(own[kind.of]), ...foreignIds(kind.of, caller)];
        const [missing, ...others] = withIds(root, argument, kind, own, ids);
        const reference = await call(service, document, missing!.variables, caller.token);
        expect(answerWithout(reference, root.name)).toContain(answer);
        for (const { what, variables } of others) {
          const { bytes } = await call(service, document, variables, caller.token);
          expect([caller.name, what, bytes]).toEqual([caller.name, what, reference.bytes]);
        }
      }
    });
  },
);

test.each(ID_ARGUMENTS.filter(({ of }) => of !== 'session'))(
  '$path finds the $of of the organization that $argument names',
  async ({ root, argument, ...kind }) => {
    const document = documentOf(root, selectionOf(root.field.type, 3));
    const own = await newTargets();
    const answers: Answer[] = [];
    for (const { variables } of withIds(root, argument, kind, own, [MISSING, own[kind.of]])) {
      answers.push(await call(service, document, variables, administrators.own.token));
    }
    const { codes, denials, data, bytes } = answers.at(-1)!;
    expect({ codes, denials }).toEqual({ codes: [], denials: [] });
    expect(data![root.name]).not.toBeNull();
    expect(data![root.name]).not.toMatchObject({ nodes: [] });
    expect(bytes).not.toBe(answers[0]!.bytes);
  },
);

test('Mutation.endSession finds the session of the viewer that input.id names', async () => {
  const person = await newPerson();
  const { accessToken } = await signIn(service, person);
  const query = '{ viewer { sessions { nodes { id isCurrent } } } }';
  const { data } = await service.graphql(query, {}, { token: person.token });
  const sessions = data.viewer.sessions.nodes as { id: string; isCurrent: boolean }[];
  const { id } = sessions.find(({ isCurrent }) => !isCurrent)!;
  const document = `mutation { endSession(input: { id: "${id}" }) { endedSessions userErrors { code } } }`;
  const ended = await service.graphql(document, {}, { token: person.token });
  expect(ended.data.endSession).toEqual({ endedSessions: 1, userErrors: [] });
  expect(await isSignedIn(service, accessToken)).toBe(false);
});

test.each(ROOTS)('$path is open to whom it must be, and touches no other organization', async (root) => {
  const isMutation = root.type === schema.getMutationType();
  const selection = isLeafType(getNamedType(root.field.type)) ? '' : '{ __typename }';
  const document = documentOf(root, isMutation ? '{ userErrors { code } }' : selection);
  const before = await rowsOfOrganization(service, organizations.other);
  for (const caller of callers.filter((one) => one.home === 'own' && isOpenTo(root, one))) {
    // A call that succeeds uses up its objects, so the next caller gets new ones.
    const own = needsPermission(root) ? await newTargets() : targets.own;
    const isOver = root.entry.endsSession && caller.permissions !== null;
    const { token } = isOver ? await newPerson() : caller;
    const { codes, denials } = await call(service, document, root.entry.variables(own), token);
    expect([caller.name, denials]).toEqual([caller.name, []]);
    const isAlone = caller.permissions !== null && caller.permissions.length < ALL_PERMISSIONS.length;
    const expected = isAlone ? (root.entry.alone ?? []) : [];
    // What needs no permission may fail for reasons of its own, such as a wrong token.
    const refused = needsPermission(root) ? codes : expected;
    expect([caller.name, refused]).toEqual([caller.name, expected]);
  }
  expect(await rowsOfOrganization(service, organizations.other)).toEqual(before);
});

/** Each with what is newest first, where a list has pages. */
const QUERIES = ROOTS.filter(({ type }) => type === schema.getQueryType()).map((root) => {
  const isPaged = root.field.args.some(({ name }) => name === 'sort');
  return { ...root, variables: isPaged ? { filter: {}, sort: [{ field: 'ID', direction: 'DESC' }] } : {} };
});

test('no query shows what comes to another organization', async () => {
  const read = async () => {
    const answers: Record<string, string> = {};
    for (const root of QUERIES) {
      const variables = { ...root.entry.variables(targets.own), ...root.variables };
      const document = documentOf(root, selectionOf(root.field.type, 3));
      answers[root.path] = (await call(service, document, variables, administrators.own.token)).bytes;
    }
    return answers;
  };
  const before = await read();
  await buildTargets(service, organizations.other, administrators.other);
  expect(await read()).toEqual(before);
});

test.each(Object.entries(WAYS))(
  'every guarded field of a %s is open to whom it must be',
  async (type, way) => {
    const fields = FIELDS.filter((field) => field.type.name === type && field.path in GUARDED_FIELDS);
    const selection = fields.map(({ name, field }) => `${name} ${selectionOf(field.type, 1)}`).join(' ');
    const document = way.reduceRight((inner, name) => `{ ${name} ${inner} }`, `{ ${selection} }`);
    for (const { name, token } of callers.filter(({ permissions }) => permissions === null)) {
      const { data } = await call(service, document, {}, token);
      expect([name, data]).toEqual([name, { viewer: null }]);
    }
    for (const caller of callers.filter(({ permissions }) => permissions !== null)) {
      const { denials } = await call(service, document, {}, caller.token);
      const expected = fields.flatMap(({ name, decision }) => {
        const extensions = expectedDenial(decision!, caller);
        return extensions ? [{ path: [...way, name].join('.'), extensions }] : [];
      });
      const told = denials.map(({ path, extensions }) => ({ path: path!.join('.'), extensions }));
      expect([caller.name, told]).toEqual([caller.name, expect.arrayContaining(expected)]);
      expect([caller.name, told.length]).toEqual([caller.name, expected.length]);
    }
  },
);

test('an event names its users to everyone who reads the audit log, and shows them to whom users may be shown', async () => {
  const document = `query ($id: ID!) { auditLog(filter: { targetId: $id }, first: 1) {
    nodes { actor { name user { id } } target { name user { id } } }
  } }`;
  for (const caller of callers.filter((one) => one.home === 'own')) {
    if (!caller.permissions?.includes('view_audit_log')) continue;
    const { data } = await call(service, document, { id: targets.own.user }, caller.token);
    const isShown = caller.permissions.includes('view_users');
    const shown = (id: string) => ({ name: expect.any(String), user: isShown ? { id } : null });
    expect([caller.name, data!.auditLog!.nodes]).toEqual([
      caller.name,
      [{ actor: shown(targets.own.administrator), target: shown(targets.own.user) }],
    ]);
  }
});

test('an event never shows a user of another organization, whomever it names', async () => {
  const named = rowIdOf(targets.other.user);
  await transaction(service.app.database, async (tx) => {
    const [event] = await tx.find(AuditEvent, {
      where: { organizationId: organizations.own.id, targetId: rowIdOf(targets.own.user) },
      order: { id: 'ASC' },
      take: 1,
    });
    const { id: _id, ...columns } = event!;
    await tx.insert(AuditEvent, { ...columns, actorUserId: named, targetType: 'user', targetId: named });
  });
  const document = `query ($id: ID!) { auditLog(filter: { actorId: $id }) {
    nodes { actor { actorId user { id } } target { targetId user { id } } }
  } }`;
  const { data } = await call(service, document, { id: targets.other.user }, administrators.own.token);
  expect(data!.auditLog!.nodes).toEqual([
    {
      actor: { actorId: targets.other.user, user: null },
      target: { targetId: targets.other.user, user: null },
    },
  ]);
});

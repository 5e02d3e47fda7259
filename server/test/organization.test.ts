import { buildOrganization, buildPerson, type BuiltOrganization, type Person } from './builders';
import { startService, type TestService } from './harness';

let service: TestService;
let acme: BuiltOrganization;
let globex: BuiltOrganization;
let admin: Person;
let stranger: Person;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service);
  globex = await buildOrganization(service, 'Globex');
  admin = await buildPerson(service, acme, 'administrator');
  stranger = await buildPerson(service, globex, 'administrator');
});

async function update(input: string, by: Person = admin) {
  const { data, errors } = await service.graphql(
    `mutation { updateOrganization(input: { ${input} }) {
      organization { name features mfaRequired } userErrors { code field }
    } }`,
    {},
    { token: by.token },
  );
  expect(errors).toBeUndefined();
  return data.updateOrganization;
}

async function read(by: Person) {
  const query = '{ viewer { organization { name features mfaRequired } } }';
  return (await service.graphql(query, {}, { token: by.token })).data.viewer.organization;
}

test('the settings that are given change, the others and other organizations stay', async () => {
  expect(await update('name: "  Acme Corp ", features: [TRAVEL_RULE, TRAVEL_RULE]')).toEqual({
    organization: { name: 'Acme Corp', features: ['TRAVEL_RULE'], mfaRequired: false },
    userErrors: [],
  });
  await update('features: []');
  expect(await read(admin)).toEqual({ name: 'Acme Corp', features: [], mfaRequired: false });
  expect(await read(stranger)).toEqual({ name: 'Globex', features: [], mfaRequired: false });
});

test('of changes at the same moment none is lost', async () => {
  for (let run = 0; run < 20; run += 1) {
    const on = run % 2 === 0;
    const features = on ? '[TRAVEL_RULE]' : '[]';
    await Promise.all([update(`name: "Run ${run}"`), update(`features: ${features}`)]);
    expect(await read(admin)).toMatchObject({ name: `Run ${run}`, features: on ? ['TRAVEL_RULE'] : [] });
  }
  await update('name: "Acme", features: []');
});

test.each([
  ['name: ""', 'REQUIRED', 'name'],
  ['name: null', 'REQUIRED', 'name'],
  ['name: "a\\u0000b"', 'INVALID_CHARACTERS', 'name'],
  [`name: "${'n'.repeat(201)}"`, 'TOO_LONG', 'name'],
  ['features: null', 'REQUIRED', 'features'],
  ['mfaRequired: null', 'REQUIRED', 'mfaRequired'],
])('{ %s } is refused with %s', async (input, code, field) => {
  expect(await update(input, stranger)).toEqual({
    organization: null,
    userErrors: [{ code, field: ['input', field] }],
  });
});

test.each([
  ['ORGANIZATION', () => update('mfaRequired: true')],
  [
    'ROLE',
    () =>
      service.graphql(
        `mutation { updateRole(input: { id: "${acme.roles.agent}", mfaRequired: true }) { role { id } } }`,
        {},
        { token: admin.token },
      ),
  ],
])(
  'two-factor authentication that the %s requires is set up at the next sign-in',
  async (requiredBy, require) => {
    const agent = await buildPerson(service, acme, 'agent');
    await require();
    const query = `{ user(id: "${agent.id}") { mfaRequired mfaRequiredBy } }`;
    const { data } = await service.graphql(query, {}, { token: admin.token });
    expect(data.user).toEqual({ mfaRequired: true, mfaRequiredBy: [requiredBy] });
    const answer = await service.graphql(
      `mutation ($input: SignInInput!) { signIn(input: $input) { session { expiresAt } challenge { steps } } }`,
      { input: { username: agent.username, password: 'Correct-Horse' } },
    );
    expect(answer.data.signIn).toEqual({ session: null, challenge: { steps: ['SET_UP_MFA'] } });
    await update('mfaRequired: false');
  },
);

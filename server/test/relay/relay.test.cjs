const { execFileSync } = require('node:child_process');
const { mkdirSync, rmSync } = require('node:fs');
const { join } = require('node:path');
const {
  Environment,
  Network,
  RecordSource,
  Store,
  commitMutation,
  createOperationDescriptor,
  fetchQuery,
  getRefetchMetadata,
  getRequest,
  getSingularSelector,
} = require('relay-runtime');
const { buildOrganization, buildPerson, buildUser, rowIdOf } = require('../builders');
const { startService } = require('../harness');

const ARTIFACTS = join(__dirname, '__generated__');
const artifact = (name) => require(join(ARTIFACTS, `${name}.graphql.js`));

let service;
let acme;
let administrator;
let environment;

beforeAll(async () => {
  rmSync(ARTIFACTS, { recursive: true, force: true });
  mkdirSync(ARTIFACTS);
  // Against the schema.graphql of this very commit; it ends with an error for a document that does not fit.
  const compiler = require.resolve('relay-compiler/cli.js');
  execFileSync(process.execPath, [compiler, 'relay.config.json'], { cwd: __dirname, stdio: 'pipe' });

  service = await startService();
  acme = await buildOrganization(service);
  administrator = await buildPerson(service, acme, 'administrator');
});

afterAll(() => service.stop());

beforeEach(() => {
  const network = Network.create(async ({ text }, variables) => {
    const { data, errors } = await service.graphql(text, variables, { token: administrator.token });
    return { data, errors };
  });
  environment = new Environment({ network, store: new Store(new RecordSource()) });
});

/** Runs a compiled query, and keeps what it has brought in the store. */
async function run(query, variables = {}) {
  const request = getRequest(query);
  const data = await fetchQuery(environment, request, variables).toPromise();
  environment.retain(createOperationDescriptor(request, variables));
  return data;
}

const stored = (id) => environment.getStore().getSource().get(id);

/** What a component that shows the fragment would be given from the store. */
function read(fragment, reference) {
  return environment.lookup(getSingularSelector(artifact(fragment), reference)).data;
}

test('a user and a role whose rows have one number are two records', async () => {
  const { roles, users } = await run(artifact('documentsSameNumberQuery'));
  const roleNumbers = new Set(roles.map(({ id }) => rowIdOf(id)));
  const twins = users.nodes.filter(({ id }) => roleNumbers.has(rowIdOf(id)));
  expect(twins.length).toBeGreaterThan(0);
  for (const { id, username } of users.nodes) {
    expect(stored(id)).toMatchObject({ __typename: 'User', username });
  }
  for (const { id, name } of roles) expect(stored(id)).toMatchObject({ __typename: 'Role', name });
});

test('@refetchable reads a user anew by the id alone', async () => {
  const colleague = await buildUser(service, acme, { firstName: 'Ada' });
  const { user } = await run(artifact('documentsUserQuery'), { id: colleague.id });
  expect(read('documents_user', user)).toMatchObject({ id: colleague.id, firstName: 'Ada' });

  const rename = 'mutation ($input: UpdateUserInput!) { updateUser(input: $input) { userErrors { code } } }';
  const input = { id: colleague.id, firstName: 'Grace' };
  await service.graphql(rename, { input }, { token: administrator.token });
  expect(read('documents_user', user).firstName).toBe('Ada');

  const { refetchableRequest, identifierInfo } = getRefetchMetadata(artifact('documents_user'), 'a test');
  await run(refetchableRequest, { [identifierInfo.identifierQueryVariableName]: colleague.id });
  expect(read('documents_user', user).firstName).toBe('Grace');
});

test('the answer of a mutation changes the record of its user', async () => {
  const colleague = await buildUser(service, acme, { firstName: 'Ada' });
  const { user } = await run(artifact('documentsUserQuery'), { id: colleague.id });
  await new Promise((resolve, reject) => {
    commitMutation(environment, {
      mutation: artifact('documentsRenameMutation'),
      variables: { input: { id: colleague.id, firstName: 'Grace' } },
      onCompleted: resolve,
      onError: reject,
    });
  });
  expect(read('documents_user', user).firstName).toBe('Grace');
});

test('@connection collects the pages of a list', async () => {
  for (let count = 0; count < 5; count += 1) await buildUser(service, acme);
  const query = '{ users(first: 100) { nodes { id } } }';
  const { data } = await service.graphql(query, {}, { token: administrator.token });

  const root = await run(artifact('documentsUsersQuery'));
  let page = read('documents_users', root).users;
  expect(page.edges).toHaveLength(2);
  while (page.pageInfo.hasNextPage) {
    await run(artifact('documentsUsersPageQuery'), { count: 3, cursor: page.pageInfo.endCursor });
    page = read('documents_users', root).users;
  }
  expect(page.edges.map(({ node }) => node.id)).toEqual(data.users.nodes.map(({ id }) => id));
});

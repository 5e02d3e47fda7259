import {
  ApolloClient,
  ApolloLink,
  gql,
  InMemoryCache,
  Observable,
  type TypedDocumentNode,
} from '@apollo/client';
import { print } from 'graphql';
import { buildOrganization, buildPerson, buildUser, rowIdOf, type Person } from './builders';
import { startService, type TestService } from './harness';

interface Named {
  readonly id: string;
  readonly name: string;
}
interface People {
  readonly roles: readonly Named[];
  readonly users: { readonly nodes: readonly { readonly id: string; readonly role: Named }[] };
}

const PEOPLE: TypedDocumentNode<People> = gql`
  query {
    roles {
      id
      name
    }
    users(first: 100) {
      nodes {
        id
        username
        role {
          id
          name
        }
      }
    }
  }
`;
const USER: TypedDocumentNode<{ readonly user: { readonly firstName: string } }, { readonly id: string }> =
  gql`
    query ($id: ID!) {
      user(id: $id) {
        id
        firstName
      }
    }
  `;
const RENAME = gql`
  mutation ($input: UpdateUserInput!) {
    updateUser(input: $input) {
      user {
        id
        firstName
      }
    }
  }
`;

let service: TestService;
let administrator: Person;
let client: ApolloClient;

beforeAll(async () => {
  service = await startService();
  const acme = await buildOrganization(service);
  administrator = await buildPerson(service, acme, 'administrator');
  for (let count = 0; count < 3; count += 1) await buildUser(service, acme);
});

beforeEach(() => {
  const link = new ApolloLink(
    ({ query, variables }) =>
      new Observable((observer) => {
        service.graphql(print(query), variables, { token: administrator.token }).then(
          ({ data, errors }) => {
            observer.next({ data, errors });
            observer.complete();
          },
          (error: unknown) => observer.error(error),
        );
      }),
  );
  // As it is out of the box, with nothing said of the types.
  client = new ApolloClient({ link, cache: new InMemoryCache() });
});

test('the default cache keeps a user and a role apart whose rows have one number', async () => {
  const { data } = await client.query({ query: PEOPLE });
  const { token } = administrator;
  const answer = await service.graphql<People>(print(PEOPLE), {}, { token });
  const numbers = new Set(data!.roles.map(({ id }) => rowIdOf(id)));
  expect(data!.users.nodes.some(({ id }) => numbers.has(rowIdOf(id)))).toBe(true);
  expect(client.readQuery({ query: PEOPLE })).toMatchObject(answer.data);
});

test('the default cache finds the user that a mutation has changed', async () => {
  const { id } = administrator;
  const shown: (string | undefined)[] = [];
  const watched = client.watchQuery({ query: USER, variables: { id } });
  const subscription = watched.subscribe(({ data }) => shown.push(data?.user?.firstName));
  await client.query({ query: USER, variables: { id } });
  await client.mutate({ mutation: RENAME, variables: { input: { id, firstName: 'Grace' } } });
  subscription.unsubscribe();
  expect(shown.at(-1)).toBe('Grace');
});

import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client/core';
import { UsersDocument } from '../client/src/api/generated/graphql';
import { listVariables, readListAddress } from '../client/src/users/list-address';

/**
 * The body of the request with which the admin page opens its list of users: the page's own document and variables,
 * recorded while Apollo Client sends them, so that it is what browsers send. Rejects when the service refuses it.
 */
export async function recordPageRequest(url: string, token: string): Promise<string> {
  let body: unknown;
  const link = new HttpLink({
    uri: url,
    headers: { authorization: `Bearer ${token}` },
    fetch: (input, init) => {
      body = init?.body;
      return fetch(input, init);
    },
  });
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  const variables = listVariables(readListAddress(new URLSearchParams()));
  await client.query({ query: UsersDocument, variables });
  client.stop();
  if (typeof body !== 'string') throw new Error('Apollo Client sent no text.');
  return body;
}

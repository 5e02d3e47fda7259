import {
  ApolloClient,
  ApolloLink,
  HttpLink,
  InMemoryCache,
  type OperationVariables,
  type TypedDocumentNode,
} from '@apollo/client/core';
import { ErrorLink } from '@apollo/client/link/error';
import { from, switchMap, throwError } from 'rxjs';
import { authorization } from './authorization';
import { failureCode } from './failure';

const REQUEST_TIMEOUT_MS = 30_000;

/** These carry their own proof of identity: a password, a challenge token or the refresh cookie. */
const WITHOUT_ACCESS_TOKEN = ['SignIn', 'AnswerSignInChallenge', 'RefreshSession'];

const authorize = new ApolloLink((operation, forward) => {
  const { accessToken } = authorization;
  if (!accessToken || WITHOUT_ACCESS_TOKEN.includes(operation.operationName ?? '')) return forward(operation);
  operation.setContext({ accessToken, headers: { authorization: `Bearer ${accessToken}` } });
  return forward(operation);
});

const renewWhenExpired = new ErrorLink(({ error, operation, forward }) => {
  const code = failureCode(error);
  if (code === 'FORBIDDEN') authorization.permissionsChanged();
  if (code !== 'UNAUTHENTICATED' || WITHOUT_ACCESS_TOKEN.includes(operation.operationName ?? '')) return;

  const alreadyRenewed =
    authorization.accessToken !== null && authorization.accessToken !== operation.getContext().accessToken;
  if (alreadyRenewed) return forward(operation);

  return from(authorization.renew()).pipe(
    switchMap((renewed) => (renewed ? forward(operation) : throwError(() => error))),
  );
});

const http = new HttpLink({
  uri: '/graphql',
  credentials: 'same-origin',
  fetch: (input, init) => {
    const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    return fetch(input, {
      ...init,
      signal: init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout,
    });
  },
});

export const client = new ApolloClient({
  link: ApolloLink.from([renewWhenExpired, authorize, http]),
  cache: new InMemoryCache({ typePolicies: { Viewer: { keyFields: [] }, Invitation: { merge: true } } }),
});

/** Root fields are null only beside the error that explains why, and Apollo throws that error. */
type Answered<TData> = { [Field in keyof TData]: NonNullable<TData[Field]> };

export async function mutate<TData, TVariables extends OperationVariables>(
  mutation: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
): Promise<Answered<TData>> {
  const options = { mutation, variables } as ApolloClient.MutateOptions<TData, TVariables>;
  const { data } = await client.mutate(options);
  return data as Answered<TData>;
}

/** Asks the server, never the cache. */
export async function fetchFresh<TData, TVariables extends OperationVariables>(
  query: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
): Promise<TData> {
  const options = { query, variables, fetchPolicy: 'network-only' };
  const { data } = await client.query(options as ApolloClient.QueryOptions<TData, TVariables>);
  return data as TData;
}

/* global React, ReactDOM, GraphiQL */
import { examples } from './examples.js';
import { currentAccessToken, followSession, renewSession } from './session.js';

/** An Authorization that someone types into the headers of a tab wins over the session's. */
async function fetcher(operation, { headers = {} } = {}) {
  const typed = Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');
  const token = typed ? null : await currentAccessToken();
  const answer = await post(operation, headers, token);
  if (!token || !isUnauthenticated(answer)) return answer;

  await renewSession();
  return post(operation, headers, await currentAccessToken());
}

async function post(operation, headers, token) {
  const response = await fetch('/graphql', {
    method: 'POST',
    credentials: 'same-origin',
    headers: {
      accept: 'application/graphql-response+json, application/json',
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify(operation),
  });
  return response.json();
}

function isUnauthenticated(answer) {
  return answer.errors?.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED') ?? false;
}

function showViewer(viewer) {
  const status = document.getElementById('session');
  if (viewer) {
    const { user, organization } = viewer;
    status.textContent = `Signed in as ${user.firstName} ${user.lastName}, ${organization.name}`;
    return;
  }
  const link = document.createElement('a');
  link.href = '/sign-in?returnTo=/graphiql';
  link.textContent = 'sign in';
  status.replaceChildren('Not signed in — ', link);
}

// Without a server there is no viewer; GraphiQL then shows what failed.
await followSession(showViewer).catch(() => showViewer(null));

ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, {
    fetcher,
    defaultTabs: examples,
    defaultEditorToolsVisibility: 'variables',
  }),
);

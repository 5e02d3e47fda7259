/** What a first visitor finds in the tabs. */
export const examples = [
  {
    query: `# Who am I, and what may I do?
query WhoAmI {
  viewer {
    user { firstName lastName username }
    organization { name }
    permissions
  }
}
`,
  },
  {
    query: `# A page of users. Search finds any
# part of a name or username.
query Users($search: String, $after: String) {
  users(
    search: $search
    sort: [{ field: LAST_NAME }]
    first: 10
    after: $after
  ) {
    totalCount
    nodes {
      id
      firstName
      lastName
      username
      phone
      enabled
      mfaEnabled
      role { name }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`,
    variables: '{ "search": "" }',
  },
  {
    query: `# The roles of your organization, with
# the ids that AddUser asks for.
query Roles {
  roles { id name viewerCanAssign }
}
`,
  },
  {
    query: `# Any object again by the id that a
# field of this API answered.
query AnyObject($id: ID!) {
  node(id: $id) {
    __typename
    id
    ... on User { firstName lastName role { id name } }
    ... on Role { name userCount }
  }
}
`,
    variables: '{ "id": "user_1" }',
  },
  {
    query: `mutation AddUser($input: CreateUserInput!) {
  createUser(input: $input) {
    user { id username }
    userErrors { code field message }
  }
}
`,
    variables: `{
  "input": {
    "firstName": "Ada",
    "lastName": "Lovelace",
    "username": "ada@example.com",
    "password": "Analytical-1",
    "phone": "+44 20 7946 0000",
    "roleId": ""
  }
}`,
  },
];

/* global graphql -- the compiler reads these documents, nothing runs them */

graphql`
  query documentsSameNumberQuery {
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

graphql`
  fragment documents_user on User @refetchable(queryName: "documentsUserRefetchQuery") {
    id
    firstName
    role {
      id
      name
    }
  }
`;

graphql`
  query documentsUserQuery($id: ID!) {
    user(id: $id) {
      ...documents_user
    }
  }
`;

graphql`
  fragment documents_users on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 2 }, cursor: { type: "String" })
  @refetchable(queryName: "documentsUsersPageQuery") {
    users(first: $count, after: $cursor) @connection(key: "documents_users") {
      edges {
        node {
          id
          username
        }
      }
    }
  }
`;

graphql`
  query documentsUsersQuery {
    ...documents_users
  }
`;

graphql`
  mutation documentsRenameMutation($input: UpdateUserInput!) {
    updateUser(input: $input) {
      user {
        ...documents_user
      }
      userErrors {
        code
      }
    }
  }
`;

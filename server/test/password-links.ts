import { transaction } from '../src/database/transaction';
import { issueOneTimeToken } from '../src/one-time-token/one-time-tokens';
import { rowIdOf, type BuiltUser } from './builders';
import type { TestService } from './harness';
import { problemsOf } from './sign-in-steps';

/** The token of a link for a new password, as a mail would bring it an hour before it expires. */
export function issuePasswordLink(service: TestService, { id }: BuiltUser): Promise<string> {
  const now = service.now();
  const expiresAt = new Date(now.getTime() + 3_600_000);
  return transaction(service.app.database, (tx) =>
    issueOneTimeToken(tx, { userId: rowIdOf(id), purpose: 'password_reset', now, expiresAt }),
  );
}

/** Answers the problems, each as "path CODE". */
export async function usePasswordLink(
  service: TestService,
  token: string,
  newPassword: string,
): Promise<string[]> {
  const { data, errors } = await service.graphql(
    `mutation ($token: String!, $newPassword: String!) {
      resetPassword(input: { token: $token, newPassword: $newPassword }) { userErrors { code field } } }`,
    { token, newPassword },
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return problemsOf(data.resetPassword.userErrors);
}

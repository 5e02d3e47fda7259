import { fetchFresh } from '../api/client';
import { RecoveryCodesLeftDocument } from '../api/generated/graphql';
import { areFew } from '../mfa/few-codes';
import { toasts } from '../ui/toasts.svelte';

/** Says how many recovery codes are left, because without any a lost app locks the user out. */
export async function tellCodesLeft(): Promise<void> {
  // When this fails, the account page still shows it.
  const answer = await fetchFresh(RecoveryCodesLeftDocument, {}).catch(() => null);
  if (!answer?.viewer) return;
  const { recoveryCodesLeft: left } = answer.viewer;
  const count = left === 0 ? 'None is left.' : left === 1 ? 'One is left.' : `${left} are left.`;
  const advice = areFew(left) ? ' Replace them on your account page.' : '';
  toasts.show('success', `You signed in with a recovery code. ${count}${advice}`);
}

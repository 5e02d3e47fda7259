import type { MfaRequirement } from '../api/generated/graphql';

const inWords = new Intl.ListFormat('en', { type: 'conjunction' });

/** Who requires two-factor authentication, e.g. "the organization and the role “Agent”". */
export function mfaRequiredBy(user: { mfaRequiredBy: MfaRequirement[]; role: { name: string } }): string {
  const names: Record<MfaRequirement, string> = {
    ORGANIZATION: 'the organization',
    ROLE: `the role “${user.role.name}”`,
    USER: 'an administrator, for this user',
  };
  return inWords.format(user.mfaRequiredBy.map((who) => names[who]));
}

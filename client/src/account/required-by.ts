import type { AccountUserFragment, MfaRequirement } from '../api/generated/graphql';

const inWords = new Intl.ListFormat('en', { type: 'conjunction' });

/** Who requires two-factor authentication, e.g. "your organization and your role “Agent”". */
export function requiredBy({ mfaRequiredBy, role }: AccountUserFragment): string {
  const names: Record<MfaRequirement, string> = {
    ORGANIZATION: 'your organization',
    ROLE: `your role “${role.name}”`,
    USER: 'an administrator',
  };
  return inWords.format(mfaRequiredBy.map((who) => names[who]));
}

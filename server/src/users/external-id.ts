import { IsOptional } from 'class-validator';
import { all, IsGiven, rule, visible } from '../validation/input-rules';
import { beforeInvisibleInUsername, trimInvisible } from '../validation/invisible';

const MAXIMUM = 191;

/** What inputs say about an external id. */
export const EXTERNAL_ID =
  `What another system knows the user by; at most ${MAXIMUM} characters, none of them invisible, and unique in the ` +
  'organization. Compared byte by byte; white space around it is dropped.';

/** As it is stored. Not composed, because it means what the other system says, byte by byte. */
export function normalizeExternalId(externalId: string): string {
  return trimInvisible(externalId);
}

/** As it is looked for; null for what no user can have, which an engine might take for something else. */
export function soughtExternalId(externalId: string): string | null {
  const normal = normalizeExternalId(externalId);
  return normal !== '' && fits(normal) && beforeInvisibleInUsername(normal) === null ? normal : null;
}

/** Absent or null for none. */
export function IsExternalId(): PropertyDecorator {
  const label = 'External ID';
  return all(
    IsOptional(),
    IsGiven(`A value for “${label}”, or null,`),
    visible(label, beforeInvisibleInUsername),
    rule('TOO_LONG', (text) => fits(normalizeExternalId(text)), { label, maximum: MAXIMUM }),
  );
}

function fits(normal: string): boolean {
  return normal.length <= MAXIMUM;
}

import type { EntityManager } from 'typeorm';
import type { Viewer } from '../access/viewer';
import { userError, type UserError } from '../errors';
import { findOwnOrganization } from '../organizations/find-own-organization';
import { canonicalPhone, mayBePhone } from './phone';

/** The country whose local numbers the users of the viewer's organization write; null when none is set. */
export async function findPhoneCountry(
  reader: EntityManager,
  viewer: Pick<Viewer, 'organizationId'>,
): Promise<string | null> {
  return (await findOwnOrganization(reader, viewer)).phoneCountry;
}

/** Refuses a local number that the country of the organization does not have. Others the rules of inputs refuse. */
export function phoneErrors(phone: string | null | undefined, country: string | null): UserError[] {
  if (typeof phone !== 'string' || !mayBePhone(phone) || canonicalPhone(phone, country) !== null) return [];
  return [userError('INVALID_PHONE', ['input', 'phone'], { label: 'Phone' })];
}

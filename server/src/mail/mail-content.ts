import type { KeyObject } from 'node:crypto';
import { seal, unseal } from '../access/seal';
import type { MailBody } from './letter';

/** What the outbox keeps of a mail until it is sent, encrypted: a link in it may open an account. */
export interface MailContent extends MailBody {
  /** When its link stops working; sent later it would only confuse. */
  readonly expiresAt: Date | null;
}

type Stored = MailBody & { readonly expiresAt: string | null };

export function sealContent(key: KeyObject, userId: number, content: MailContent): string {
  return seal(key, ownerOf(userId), JSON.stringify(content));
}

/** @throws Error when it was sealed with another SECRET, or for another user */
export function openContent(key: KeyObject, userId: number, sealed: string): MailContent {
  const stored = JSON.parse(unseal(key, ownerOf(userId), sealed)) as Stored;
  return { ...stored, expiresAt: stored.expiresAt === null ? null : new Date(stored.expiresAt) };
}

function ownerOf(userId: number): string {
  return `mail:${userId}`;
}

import type { KeyObject } from 'node:crypto';
import { encrypt, decrypt } from '../crypto/encryption';
import type { MailBody } from './email-template';

/** Subject and bodies of a mail in the outbox. Stored encrypted: a link may give access to an account. */
export interface MailContent extends MailBody {
  /** When its link stops working; the mail is not sent after that. */
  readonly expiresAt: Date | null;
}

type Stored = MailBody & { readonly expiresAt: string | null };

export function encryptContent(key: KeyObject, userId: number, content: MailContent): string {
  return encrypt(key, ownerOf(userId), JSON.stringify(content));
}

/** @throws Error when it was encrypted with another SECRET, or for another user */
export function decryptContent(key: KeyObject, userId: number, encrypted: string): MailContent {
  const stored = JSON.parse(decrypt(key, ownerOf(userId), encrypted)) as Stored;
  return { ...stored, expiresAt: stored.expiresAt === null ? null : new Date(stored.expiresAt) };
}

function ownerOf(userId: number): string {
  return `mail:${userId}`;
}

import type { KeyObject } from 'node:crypto';
import { encrypt, decrypt } from '../crypto/encryption';
import type { MailBody } from './email-template';

/** What the outbox keeps of a mail until it is sent, encrypted: a link in it may open an account. */
export interface MailContent extends MailBody {
  /** When its link stops working; sent later it would only confuse. */
  readonly expiresAt: Date | null;
}

type Stored = MailBody & { readonly expiresAt: string | null };

export function encryptContent(key: KeyObject, userId: number, content: MailContent): string {
  return encrypt(key, ownerOf(userId), JSON.stringify(content));
}

/** @throws Error when it was sealed with another SECRET, or for another user */
export function openContent(key: KeyObject, userId: number, sealed: string): MailContent {
  const stored = JSON.parse(decrypt(key, ownerOf(userId), sealed)) as Stored;
  return { ...stored, expiresAt: stored.expiresAt === null ? null : new Date(stored.expiresAt) };
}

function ownerOf(userId: number): string {
  return `mail:${userId}`;
}

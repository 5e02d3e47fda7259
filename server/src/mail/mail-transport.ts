import type { MailConfig } from '../config/mail-config';
import type { MailTransport } from './delivery';
import { createFileTransport } from './file-transport';
import { createSmtpTransport } from './smtp-transport';

/**
 * The mail server, or without one files in this folder.
 * @param print tells where a file was written
 */
export function createMailTransport(
  { smtp, from }: MailConfig,
  folder: string,
  print: (line: string) => void,
): MailTransport {
  return smtp ? createSmtpTransport(smtp, from) : createFileTransport(folder, from, print);
}

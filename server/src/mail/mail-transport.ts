import type { MailConfig } from '../config/mail-config';
import type { MailTransport } from './delivery';
import { createFileTransport } from './file-transport';
import { createSmtpTransport } from './smtp-transport';

/**
 * Delivers to the mail server, or without one to files in this folder.
 * @param print is given the path of each file
 */
export function createMailTransport(
  { smtp, from }: MailConfig,
  folder: string,
  print: (line: string) => void,
): MailTransport {
  return smtp ? createSmtpTransport(smtp, from) : createFileTransport(folder, from, print);
}

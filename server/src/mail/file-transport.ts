import { randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { MailAddress } from '../config/mail-config';
import { MAIL_FAILURES } from '../error-catalogue/mail-failures';
import { fillIn } from '../error-catalogue/message';
import { DeliveryError, messageOf, type MailTransport } from './delivery';

/** How the names of the files begin, so that they are in the order of the mails. */
export function timeInName(date: Date): string {
  return date.toISOString().replace(/[:.]/g, '-');
}

/** Whether a file of this name was written by `createFileTransport`, also when it was interrupted. */
export function isMailFile(name: string): boolean {
  return /^\d{4}(?:-\d{2}){2}T(?:\d{2}-){3}\d{3}Z-[a-z_]+-[0-9a-f]{8}\.eml(?:\.part)?$/.test(name);
}

/** Writes every mail to an .eml file, which mail programs can open; used without a mail server. */
export function createFileTransport(
  folder: string,
  from: MailAddress,
  print: (line: string) => void,
): MailTransport {
  const composer = createTransport({ streamTransport: true, buffer: true });
  return {
    async deliver(delivery) {
      const { message } = await composer.sendMail(messageOf(from, delivery));
      const file = join(
        folder,
        `${timeInName(delivery.date)}-${delivery.kind}-${randomBytes(4).toString('hex')}.eml`,
      );
      try {
        // Readable by the owner only, because a link in the mail may give access to an account.
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(`${file}.part`, message as Buffer, { mode: 0o600 });
        await rename(`${file}.part`, file);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        throw new DeliveryError(fillIn(MAIL_FAILURES.fileNotWritten, { code: String(code) }), false, {
          file,
        });
      }
      print(`Mail (${delivery.kind}) written to ${file}`);
    },
    close: () => undefined,
  };
}

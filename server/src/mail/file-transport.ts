import { randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { MailAddress } from '../config/mail-config';
import { MAIL_FAILURES } from '../error-catalogue/mail-failures';
import { fillIn } from '../error-catalogue/message';
import { DeliveryError, messageOf, type MailTransport } from './delivery';

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
      const time = delivery.date.toISOString().replace(/[:.]/g, '-');
      const file = join(folder, `${time}-${delivery.kind}-${randomBytes(4).toString('hex')}.eml`);
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

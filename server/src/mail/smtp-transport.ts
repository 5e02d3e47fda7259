import { createTransport } from 'nodemailer';
import type { MailAddress, SmtpServer } from '../config/mail-config';
import { MAIL_FAILURES } from '../error-catalogue/mail-failures';
import { fillIn } from '../error-catalogue/message';
import { DeliveryError, messageOf, type MailTransport } from './delivery';

/** How many mails go out at once. */
export const CONNECTIONS = 5;

/** Milliseconds. */
const TIMEOUTS = {
  connectionTimeout: 10_000,
  greetingTimeout: 15_000,
  socketTimeout: 60_000,
  idleTimeout: 30_000,
};

/** Sends over SMTP, on a few connections that are kept open while there is something to send. */
export function createSmtpTransport(
  { host, port, secure, auth }: SmtpServer,
  from: MailAddress,
): MailTransport {
  const pool = createTransport({
    pool: true,
    maxConnections: CONNECTIONS,
    host,
    port,
    secure,
    ...TIMEOUTS,
    // Without credentials TLS is used when the server offers it; credentials are never sent without TLS.
    ...(auth ? { auth: { ...auth }, requireTLS: true } : {}),
  });
  return {
    async deliver(delivery, signal) {
      try {
        await pool.sendMail({ ...messageOf(from, delivery), signal });
      } catch (error) {
        throw deliveryError(error as SmtpError);
      }
    },
    close: () => pool.close({ force: true }),
  };
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

const MAXIMUM_RESPONSE = 300;

function deliveryError({ code, command, responseCode, response, message }: SmtpError): DeliveryError {
  const detail = { code, command, responseCode, message };
  if (code === 'EAUTH') {
    return new DeliveryError(MAIL_FAILURES.signInRefused, false, { code, command, responseCode });
  }
  const said = (response ?? '').replace(/[\p{C}\s]+/gu, ' ').slice(0, MAXIMUM_RESPONSE);
  if ((code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode !== undefined) {
    // An operator can fix a refused sender; a refused recipient or text would be refused again.
    const isPermanent = responseCode >= 500 && command !== 'MAIL FROM';
    return new DeliveryError(fillIn(MAIL_FAILURES.refused, { said }), isPermanent, detail);
  }
  if (code === 'EENVELOPE') return new DeliveryError(MAIL_FAILURES.noSuchAddress, true, detail);
  if (code === 'EABORT' || code === 'ETIMEDOUT') {
    return new DeliveryError(MAIL_FAILURES.tooSlow, false, detail);
  }
  return new DeliveryError(MAIL_FAILURES.unreachable, false, detail);
}

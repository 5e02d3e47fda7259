import { isEmail } from 'class-validator';
import { parsedBy } from './variable-kinds';

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (smtps). */
  readonly secure: boolean;
  readonly auth: { readonly user: string; readonly pass: string } | null;
}

export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

export interface MailConfig {
  /** Null: mails become files in the data folder. */
  readonly smtp: SmtpServer | null;
  readonly from: MailAddress;
}

export const MAIL_TO_FILES: MailConfig = {
  smtp: null,
  from: { name: 'Rolecall', address: 'rolecall@localhost' },
};

/** What is wrong is not repeated: it may hold a password. */
export const smtpUrl = parsedBy(
  parseSmtpUrl,
  () => 'must look like smtp://user:password@host:587 or smtps://user:password@host:465.',
);

export const mailFrom = parsedBy(
  parseAddress,
  (text) => `must be an address such as Rolecall <rolecall@example.com>, not "${text}".`,
);

function parseSmtpUrl(text: string): SmtpServer | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^smtps?:$/.test(url.protocol) || !url.hostname) return null;
  if (!/^\/?$/.test(url.pathname) || url.search || url.hash || url.port === '0') return null;
  const user = decoded(url.username);
  const pass = decoded(url.password);
  if (user === null || pass === null || (user === '') !== (pass === '')) return null;
  const secure = url.protocol === 'smtps:';
  return {
    host: url.hostname.replace(/^\[(.+)\]$/, '$1'),
    port: Number(url.port || (secure ? 465 : 587)),
    secure,
    auth: user ? { user, pass } : null,
  };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** An address, alone or in angle brackets behind a name. */
function parseAddress(text: string): MailAddress | null {
  const [, name = '', bracketed] = /^([^<>]*)<([^<>]*)>$/.exec(text.trim()) ?? [];
  const address = (bracketed ?? text).trim();
  if (/\p{Cc}/u.test(text) || !isEmail(address, { require_tld: false })) return null;
  return { name: name.trim().replace(/^"(.*)"$/, '$1'), address };
}

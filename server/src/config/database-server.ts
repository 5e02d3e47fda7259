import { readFileSync } from 'node:fs';

/** How to verify whom one speaks to; the same for every connection. */
interface ServerTls {
  /** False: the connection is encrypted, but with whom is not known. */
  readonly rejectUnauthorized: boolean;
  /** Whether the certificate must be for the host of the URL. */
  readonly verifyIdentity: boolean;
  /** PEM. Without it, what Node trusts. */
  readonly ca?: string;
}

/** A database server, as its URL names it. */
export interface DatabaseServer {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  readonly database: string;
  readonly tls: ServerTls | null;
}

/** Says what is wrong with a URL, without the URL, which may hold a password. */
export class DatabaseUrlProblem extends Error {}

const LOOKS = 'must look like sqlite:./data/rolecall.db or mysql://user:password@host:3306/database.';

type TlsMode = 'disable' | 'require' | 'verify-ca' | 'verify-full' | 'no-verify';

/** The words of libpq and those of the mysql client, which writes VERIFY_IDENTITY. */
const MODES = new Map<string, TlsMode>([
  ['disable', 'disable'],
  ['disabled', 'disable'],
  ['require', 'require'],
  ['required', 'require'],
  ['verify-ca', 'verify-ca'],
  ['verify-full', 'verify-full'],
  ['verify-identity', 'verify-full'],
  ['no-verify', 'no-verify'],
]);

/** Other spellings of the parameters. */
const ALIASES = new Map([
  ['ssl-mode', 'sslmode'],
  ['ssl-ca', 'sslca'],
  ['sslrootcert', 'sslca'],
]);

/** @throws DatabaseUrlProblem */
export function parseDatabaseServer(text: string): DatabaseServer {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isServer =
    url && /^(?:mysql|mariadb):$/.test(url.protocol) && url.hostname && url.pathname.length > 1;
  if (!isServer) throw new DatabaseUrlProblem(LOOKS);
  if (url.hash) throw new DatabaseUrlProblem('has a #; in a user name or password it is written %23.');
  return {
    // An IPv6 address stands in brackets in a URL only.
    host: decode(url.hostname).replace(/^\[|\]$/g, ''),
    port: url.port === '' ? 3306 : Number(url.port),
    username: decode(url.username),
    password: decode(url.password),
    database: decode(url.pathname.slice(1)),
    tls: tlsOf(url.searchParams),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new DatabaseUrlProblem('has a % that begins no code such as %25, which stands for the % itself.');
  }
}

function tlsOf(parameters: URLSearchParams): ServerTls | null {
  const { ssl, sslmode, sslca } = knownParameters(parameters);
  if (ssl !== undefined && ssl !== 'true' && ssl !== 'false') {
    throw new DatabaseUrlProblem('has an ssl that is neither true nor false.');
  }
  const mode = sslmode === undefined ? null : modeOf(sslmode);
  const isOff = mode === 'disable' || (mode === null && ssl !== 'true' && sslca === undefined);
  if ((ssl === 'true' && isOff) || (ssl === 'false' && (mode ?? 'disable') !== 'disable')) {
    throw new DatabaseUrlProblem('says in ssl another thing than in sslmode.');
  }
  if (sslca !== undefined && (isOff || ssl === 'false' || mode === 'no-verify')) {
    throw new DatabaseUrlProblem('names an sslca, but verifies nothing.');
  }
  if (isOff || ssl === 'false') return null;
  return {
    rejectUnauthorized: mode !== 'no-verify',
    verifyIdentity: mode !== 'no-verify' && mode !== 'verify-ca',
    ...(sslca === undefined ? {} : { ca: readCertificates(sslca) }),
  };
}

function knownParameters(parameters: URLSearchParams) {
  const known: { ssl?: string; sslmode?: string; sslca?: string } = {};
  for (const [given, value] of parameters) {
    const name = ALIASES.get(given) ?? given;
    if (name !== 'ssl' && name !== 'sslmode' && name !== 'sslca') {
      throw new DatabaseUrlProblem(
        `has the parameter ${JSON.stringify(given)}, but knows ssl, sslmode and sslca only.`,
      );
    }
    if (known[name] !== undefined) throw new DatabaseUrlProblem(`gives ${name} twice.`);
    known[name] = value;
  }
  return known;
}

function modeOf(text: string): TlsMode {
  const mode = MODES.get(text.toLowerCase().replaceAll('_', '-'));
  if (mode) return mode;
  throw new DatabaseUrlProblem(
    'has an sslmode that is none of disable, require, verify-ca, verify-full and no-verify. ' +
      'None of them falls back to a connection without TLS.',
  );
}

function readCertificates(file: string): string {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // Told below, like a file that holds something else.
  }
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  throw new DatabaseUrlProblem(`names in sslca a file that cannot be read as certificates in PEM: ${file}.`);
}

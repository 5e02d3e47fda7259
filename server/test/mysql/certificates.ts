import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificates {
  /** Of the authority that signed the certificate of the server. */
  readonly authority: string;
  /** Of one that signed nothing. */
  readonly otherAuthority: string;
  /** What the server is started with. */
  readonly options: readonly string[];
}

/**
 * Makes a certificate for these names, and authorities, with openssl.
 * @param folder for the files, which the server can read
 * @param names as in subjectAltName, for example DNS:localhost
 * @param seenFolder what the server calls the folder
 */
export function makeCertificates(folder: string, names: string, seenFolder = folder): Certificates {
  mkdirSync(folder, { recursive: true });
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  for (const name of ['ca', 'other']) {
    openssl(
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${name}`],
      ...['-keyout', `${name}-key.pem`, '-out', `${name}.pem`],
    );
  }
  openssl(
    ...['req', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=server'],
    ...['-keyout', 'key.pem', '-out', 'request.pem'],
  );
  writeFileSync(join(folder, 'names'), `subjectAltName=${names}`);
  openssl(
    ...['x509', '-req', '-in', 'request.pem', '-CA', 'ca.pem', '-CAkey', 'ca-key.pem', '-CAcreateserial'],
    ...['-days', '2', '-extfile', 'names', '-out', 'server.pem'],
  );
  chmodSync(join(folder, 'key.pem'), 0o644);
  chmodSync(folder, 0o755);
  return {
    authority: join(folder, 'ca.pem'),
    otherAuthority: join(folder, 'other.pem'),
    options: [
      `--ssl-ca=${join(seenFolder, 'ca.pem')}`,
      `--ssl-cert=${join(seenFolder, 'server.pem')}`,
      `--ssl-key=${join(seenFolder, 'key.pem')}`,
    ],
  };
}

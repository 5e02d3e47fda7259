import { tmpdir } from 'node:os';
import { asRoot, startPrivateServer, type PrivateServer } from './private-server';

/**
 * Starts an empty MySQL server.
 * @param program its mysqld, as seen from `root`
 * @param root the folder that holds it and all that it needs, where it is not installed on the machine itself
 * @param options of the command line, beside our own
 */
export async function startPrivateMysql(
  program: string,
  root?: string,
  options: readonly string[] = [],
): Promise<PrivateServer> {
  const mysqld = [...(root ? ['chroot', root] : []), program, '--no-defaults'];
  const server = {
    parent: root ? `${root}/tmp` : tmpdir(),
    root,
    installCommand: (data: string) => [...mysqld, '--initialize-insecure', `--datadir=${data}`, ...asRoot()],
    // Names are resolved, because its root may come from localhost only, and 127.0.0.1 is no name of that.
    // The second protocol has a port of its own, which two servers would fight for.
    serverCommand: [...mysqld, '--mysqlx=OFF'],
  };
  return startPrivateServer(server, options);
}

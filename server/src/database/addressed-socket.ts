import { connect, type Socket } from 'node:net';

/**
 * A socket to a server that is named by its IP address, whose certificate is to be for this address. mysql2 hands TLS no
 * name then, and TLS would look for `localhost` in the certificate; it asks the socket before.
 * @param keepAliveDelay milliseconds without traffic until the connection is tried
 */
export function addressedSocket(host: string, port: number, keepAliveDelay: number): Socket {
  const socket = connect({
    host,
    port,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: keepAliveDelay,
  });
  // Set by Node itself where there is a name to look up; `tls.connect` reads it.
  return Object.assign(socket, { _host: host });
}

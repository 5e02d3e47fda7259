import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

const QUERY = 3;
const STATEMENT_CLOSE = 0x19;
const RESET_CONNECTION = 0x1f;

/** What proxies do to the sessions behind them. */
export interface Misdeeds {
  /** Gives the session back between transactions, as one that shares few sessions among many clients does. */
  resetsBetweenTransactions?: boolean;
  /** Says that it has carried out what sets a session, and forgets it. */
  swallowsSettings?: boolean;
}

export interface ResettingProxy {
  /** The URL of the server, by way of the proxy. */
  through(url: string): string;
  /** Resets every session that is open, once, before its next statement. */
  resetAll(): void;
  readonly misdeeds: Misdeeds;
  stop(): Promise<void>;
}

/** A proxy for the protocol of MySQL, which sees the boundaries of packets and the texts of statements. */
export async function startResettingProxy(serverUrl: string): Promise<ResettingProxy> {
  const target = new URL(serverUrl);
  const misdeeds: Misdeeds = {};
  const sessions = new Set<Session>();
  const server = createServer((client) => {
    const session = new Session(client, connect(Number(target.port), target.hostname), misdeeds);
    sessions.add(session);
    client.on('close', () => sessions.delete(session));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    through: (url) => {
      const changed = new URL(url);
      changed.port = String((server.address() as AddressInfo).port);
      return changed.href;
    },
    resetAll: () => {
      for (const session of sessions) session.isToBeReset = true;
    },
    misdeeds,
    stop: async () => {
      for (const session of sessions) session.end();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

class Session {
  isToBeReset = false;
  #isInTransaction = false;
  #received = Buffer.alloc(0);
  /** The command that waits until the reset has been answered. */
  #held: Buffer | null = null;

  constructor(
    readonly client: Socket,
    readonly server: Socket,
    readonly misdeeds: Misdeeds,
  ) {
    client.on('data', (data) => this.#fromClient(data));
    server.on('data', (data) => this.#fromServer(data));
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('close', () => other.destroy());
      one.on('error', () => other.destroy());
    }
  }

  end(): void {
    this.client.destroy();
  }

  #fromClient(data: Buffer): void {
    this.#received = Buffer.concat([this.#received, data]);
    while (this.#received.length >= 4) {
      const length = 4 + this.#received.readUIntLE(0, 3);
      if (this.#received.length < length) return;
      this.#packet(this.#received.subarray(0, length));
      this.#received = this.#received.subarray(length);
    }
  }

  #packet(packet: Buffer): void {
    // While it signs in a client answers, so its packets have higher numbers.
    const isCommand = packet[3] === 0;
    if (!isCommand || packet[4] === STATEMENT_CLOSE) {
      this.server.write(packet);
      return;
    }
    const sql = packet[4] === QUERY ? packet.subarray(5).toString('latin1') : '';
    if (this.misdeeds.swallowsSettings && /\bSET\b/.test(sql)) {
      // OK, nothing changed, autocommit.
      this.client.write(Buffer.from([7, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0]));
      return;
    }
    const { resetsBetweenTransactions } = this.misdeeds;
    const resets = this.isToBeReset || (resetsBetweenTransactions && !this.#isInTransaction);
    if (/START TRANSACTION/.test(sql)) this.#isInTransaction = true;
    if (/COMMIT|ROLLBACK/.test(sql)) this.#isInTransaction = false;
    if (!resets) {
      this.server.write(packet);
      return;
    }
    this.isToBeReset = false;
    this.#held = Buffer.from(packet);
    this.server.write(Buffer.from([1, 0, 0, 0, RESET_CONNECTION]));
  }

  #fromServer(data: Buffer): void {
    if (this.#held === null) {
      this.client.write(data);
      return;
    }
    this.server.write(this.#held);
    this.#held = null;
  }
}

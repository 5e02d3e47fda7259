import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import type { MailConfig } from '../../src/config/mail-config';
import { readMessage, type ReadMessage } from './read-message';

export interface ReceivedMail extends ReadMessage {
  /** The envelope: who really gets it. */
  readonly from: string;
  readonly recipients: readonly string[];
}

export interface SinkOptions {
  /** Milliseconds before a mail is accepted. */
  delay?: number;
  /** The SMTP code with which this recipient is refused. */
  refuse?: (recipient: string) => number | null;
  /** The SMTP code with which every text is refused. */
  refuseText?: number | null;
  /** Offers to sign in, without TLS, and notes who tries. */
  asksForSignIn?: boolean;
}

/** A real SMTP server that keeps what it gets. */
export interface SmtpSink {
  readonly mails: ReceivedMail[];
  readonly signIns: string[];
  /** The most connections there ever were at once. */
  readonly busiest: () => number;
  /** May be changed at any time. */
  readonly options: SinkOptions;
  readonly config: MailConfig;
  readonly mailsTo: (recipient: string) => ReceivedMail[];
  /** Waits until so many mails came to this recipient. */
  received(recipient: string, count?: number): Promise<ReceivedMail[]>;
  /** Nobody answers at its port. */
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
}

export const SENDER = 'no-reply@rolecall.example';
const PATIENCE = 15_000;

const running = new Set<SmtpSink>();

afterAll(async () => {
  for (const sink of running) await sink.goDown();
});

export async function startSink(options: SinkOptions = {}): Promise<SmtpSink> {
  const mails: ReceivedMail[] = [];
  const signIns: string[] = [];
  let busiest = 0;
  let server = await listen(0);
  const { port } = server.server.address() as AddressInfo;

  function listen(onPort: number): Promise<SMTPServer> {
    const smtp = new SMTPServer({
      disabledCommands: options.asksForSignIn ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
      allowInsecureAuth: true,
      authOptional: true,
      disableReverseLookup: true,
      closeTimeout: 100,
      onAuth: ({ username }, _session, callback) => {
        signIns.push(String(username));
        callback(null, { user: username });
      },
      onConnect: (_session, callback) => {
        busiest = Math.max(busiest, smtp.connections.size);
        callback();
      },
      onRcptTo: ({ address }, _session, callback) => {
        const responseCode = options.refuse?.(address) ?? null;
        callback(
          responseCode === null ? null : Object.assign(new Error('No such mailbox'), { responseCode }),
        );
      },
      onData: (stream, { envelope }, callback) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          void sleep(options.delay ?? 0, undefined, { ref: false }).then(() => {
            const responseCode = options.refuseText ?? null;
            if (responseCode !== null) {
              callback(Object.assign(new Error('No'), { responseCode }));
              return;
            }
            mails.push({
              ...readMessage(Buffer.concat(chunks).toString('latin1')),
              from: envelope.mailFrom ? envelope.mailFrom.address : '',
              recipients: envelope.rcptTo.map(({ address }) => address),
            });
            callback();
          });
        });
      },
    });
    smtp.on('error', () => undefined);
    smtp.listen(onPort, '127.0.0.1');
    return once(smtp.server, 'listening').then(() => smtp);
  }

  const mailsTo = (recipient: string) => mails.filter(({ recipients }) => recipients.includes(recipient));
  const sink: SmtpSink = {
    mails,
    signIns,
    busiest: () => busiest,
    options,
    mailsTo,
    config: {
      smtp: { host: '127.0.0.1', port, secure: false, auth: null },
      from: { name: 'Rolecall', address: SENDER },
    },
    received: async (recipient, count = 1) => {
      await until(() => mailsTo(recipient).length >= count, `${count} mails to ${recipient}`);
      return mailsTo(recipient);
    },
    goDown: async () => {
      running.delete(sink);
      await new Promise<void>((resolve) => server.close(resolve));
    },
    comeBack: async () => {
      server = await listen(port);
      running.add(sink);
    },
  };
  running.add(sink);
  return sink;
}

/** Waits for what comes about by itself. */
export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}.`);
    await sleep(20);
  }
}

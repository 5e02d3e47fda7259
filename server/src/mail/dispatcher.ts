import { createHash, type KeyObject } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../database/database';
import { DeliveryError, type MailTransport } from './delivery';
import { openContent, type MailContent } from './mail-content';
import { claimDueMails, recordFailed, recordRetry, recordSent } from './outbox';
import type { OutgoingMail } from './outgoing-mail.entity';
import { MAXIMUM_ATTEMPTS, retryDelay } from './retry-delay';
import { CONNECTIONS } from './smtp-transport';

/** Milliseconds. Finds what other instances queued, what is to be tried again, and what a killed one left. */
const POLL_INTERVAL = 2000;

/** Milliseconds; shorter than a claim holds. */
const DELIVERY_TIMEOUT = 120_000;

/** How long a stop waits for the mails under way (ms), before it puts them back. */
const STOP_PATIENCE = 10_000;

export interface DispatcherParts {
  readonly database: Database;
  readonly key: KeyObject;
  readonly transport: MailTransport;
  readonly clock: () => Date;
  readonly log: { warn(detail: object, message: string): void };
}

/** Sends what is in the outbox. Requests only ever write to the outbox; they never wait for a mail server. */
export interface Dispatcher {
  start(): void;
  /** Something was queued: look now, not at the next poll. */
  wake(): void;
  /** Finishes the mails under way. */
  stop(): Promise<void>;
}

export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { database, transport, clock, log } = parts;
  const underWay = new Map<Promise<void>, AbortController>();
  let timer = new AbortController();
  let isStopping = false;
  let rounds: Promise<void> = Promise.resolve();

  const wake = () => timer.abort();

  /** Until the next poll, or somebody wakes us; a call that came meanwhile counts. */
  async function rest(): Promise<void> {
    await delay(POLL_INTERVAL, undefined, { signal: timer.signal, ref: false }).catch(() => undefined);
    timer = new AbortController();
  }

  async function claim(): Promise<OutgoingMail[]> {
    const free = CONNECTIONS - underWay.size;
    if (free === 0) return [];
    try {
      return await claimDueMails(database, clock(), free);
    } catch (error) {
      log.warn({ err: error }, 'The outbox cannot be read');
      return [];
    }
  }

  function send(mail: OutgoingMail): void {
    const abandon = new AbortController();
    const timeout = setTimeout(() => abandon.abort(), DELIVERY_TIMEOUT);
    const sending = sendMail(parts, mail, abandon.signal)
      .catch((error: unknown) => log.warn({ err: error, mail: mail.id }, 'What became of a mail is unknown'))
      .finally(() => {
        clearTimeout(timeout);
        underWay.delete(sending);
        wake();
      });
    underWay.set(sending, abandon);
  }

  async function run(): Promise<void> {
    while (!isStopping) {
      const mails = await claim();
      for (const mail of mails) send(mail);
      if (mails.length === 0 || underWay.size === CONNECTIONS) await rest();
    }
  }

  return {
    wake,
    start: () => {
      rounds = run();
    },
    stop: async () => {
      isStopping = true;
      wake();
      await rounds;
      const patience = setTimeout(() => underWay.forEach((abandon) => abandon.abort()), STOP_PATIENCE);
      await Promise.all(underWay.keys());
      clearTimeout(patience);
      transport.close();
    },
  };
}

async function sendMail(
  { database, key, transport, clock, log }: DispatcherParts,
  mail: OutgoingMail,
  signal: AbortSignal,
): Promise<void> {
  try {
    const content = readContent(key, mail, clock());
    const { kind, recipient, createdAt } = mail;
    await transport.deliver({ ...content, id: stableId(mail), kind, recipient, date: createdAt }, signal);
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    const { reason, isPermanent, detail } = error;
    const attempts = mail.attempts + 1;
    const isGivenUp = isPermanent || attempts >= MAXIMUM_ATTEMPTS;
    log.warn(
      { ...detail, mail: mail.id, kind: mail.kind, attempts },
      isGivenUp ? 'A mail was given up' : 'A mail will be tried again',
    );
    const nextAttemptAt = new Date(clock().getTime() + retryDelay(attempts, Math.random()));
    if (isGivenUp) return recordFailed(database, mail, reason);
    return recordRetry(database, mail, reason, nextAttemptAt);
  }
  return recordSent(database, mail, clock());
}

/** @throws DeliveryError */
function readContent(key: KeyObject, { userId, content }: OutgoingMail, now: Date): MailContent {
  let opened: MailContent;
  try {
    opened = openContent(key, userId, content);
  } catch {
    throw new DeliveryError('It was written under another SECRET.', true);
  }
  if (opened.expiresAt && opened.expiresAt <= now) {
    throw new DeliveryError('Its link expired before it could be sent.', true);
  }
  return opened;
}

/** The same at every attempt, so that a mail that came twice shows as one; tells no ids. */
function stableId({ id, userId, createdAt }: OutgoingMail): string {
  return createHash('sha256').update(`${id}:${userId}:${createdAt.getTime()}`).digest('hex').slice(0, 32);
}

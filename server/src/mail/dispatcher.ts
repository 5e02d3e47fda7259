import { createHash, type KeyObject } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../database/database';
import { MAIL_FAILURES } from '../error-catalogue/mail-failures';
import { DeliveryError, type MailTransport } from './delivery';
import { Withdrawal, type Departure, type Reviews } from './departure';
import { decryptContent, type MailContent } from './mail-content';
import { claimDueMails, recordFailed, recordRetry, recordSent } from './outbox';
import type { OutgoingMail } from './outgoing-mail.entity';
import { MAXIMUM_ATTEMPTS, retryDelay } from './retry-delay';
import { CONNECTIONS } from './smtp-transport';

/** Milliseconds; must be shorter than CLAIM_LIFETIME. */
const DELIVERY_TIMEOUT = 120_000;

/** Milliseconds. */
export interface DispatcherTimes {
  /** Between two polls, which find mails of other instances, mails to retry and those of a killed instance. */
  readonly pollInterval: number;
  /** How long a stop waits for the mails under way before it aborts them; they are then tried again. */
  readonly stopPatience: number;
}

export const DISPATCHER_TIMES: DispatcherTimes = { pollInterval: 2000, stopPatience: 10_000 };

export interface DispatcherParts {
  readonly database: Database;
  readonly key: KeyObject;
  readonly transport: MailTransport;
  readonly reviews: Reviews;
  readonly clock: () => Date;
  readonly times: DispatcherTimes;
  readonly log: { warn(detail: object, message: string): void };
}

/** Sends the mails of the outbox. Requests only write to the outbox, so they never wait for a mail server. */
export interface Dispatcher {
  start(): void;
  /** Reads the outbox now rather than at the next poll, because a mail was queued. */
  wake(): void;
  /** Resolves once the mails under way are delivered or aborted. */
  stop(): Promise<void>;
}

export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { database, transport, clock, times, log } = parts;
  const underWay = new Map<Promise<void>, AbortController>();
  let pause = new AbortController();
  let isStopping = false;
  let running: Promise<void> = Promise.resolve();

  const wake = () => pause.abort();

  /** Waits for the next poll or for wake(); returns at once when wake() was called since the last pause. */
  async function waitForMail(): Promise<void> {
    await delay(times.pollInterval, undefined, { signal: pause.signal, ref: false }).catch(() => undefined);
    pause = new AbortController();
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
    const delivery = new AbortController();
    const timeout = setTimeout(() => delivery.abort(), DELIVERY_TIMEOUT);
    const sending = sendMail(parts, mail, delivery.signal)
      .catch((error: unknown) =>
        log.warn({ err: error, mail: mail.id }, 'The result of sending a mail could not be stored'),
      )
      .finally(() => {
        clearTimeout(timeout);
        underWay.delete(sending);
        wake();
      });
    underWay.set(sending, delivery);
  }

  async function run(): Promise<void> {
    while (!isStopping) {
      const mails = await claim();
      for (const mail of mails) send(mail);
      if (mails.length === 0 || underWay.size === CONNECTIONS) await waitForMail();
    }
  }

  return {
    wake,
    start: () => {
      running = run();
    },
    stop: async () => {
      isStopping = true;
      wake();
      await running;
      const deadline = setTimeout(() => underWay.forEach((delivery) => delivery.abort()), times.stopPatience);
      await Promise.all(underWay.keys());
      clearTimeout(deadline);
      transport.close();
    },
  };
}

async function sendMail(parts: DispatcherParts, mail: OutgoingMail, signal: AbortSignal): Promise<void> {
  const { database, transport, clock } = parts;
  try {
    const { recipient, body } = await departureOf(parts, mail);
    const { kind, createdAt } = mail;
    await transport.deliver({ ...body, id: stableId(mail), kind, recipient, date: createdAt }, signal);
    await recordSent(database, mail, recipient, clock());
  } catch (error) {
    if (error instanceof Withdrawal) return recordFailed(database, mail, error.reason);
    if (error instanceof DeliveryError) return recordFailure(parts, mail, error);
    throw error;
  }
}

/**
 * What of a mail leaves now.
 * @throws Withdrawal, DeliveryError
 */
async function departureOf({ key, reviews, clock }: DispatcherParts, mail: OutgoingMail): Promise<Departure> {
  const now = clock();
  const { expiresAt, ...body } = readContent(key, mail);
  if (expiresAt && expiresAt <= now) throw new Withdrawal(MAIL_FAILURES.linkEnded);
  const queued = { recipient: mail.recipient, body };
  return (await reviews[mail.kind]?.(mail, queued, now)) ?? queued;
}

async function recordFailure(
  { database, clock, log }: DispatcherParts,
  mail: OutgoingMail,
  { reason, isPermanent, detail }: DeliveryError,
): Promise<void> {
  const attempts = mail.attempts + 1;
  const isGivenUp = isPermanent || attempts >= MAXIMUM_ATTEMPTS;
  log.warn(
    { ...detail, mail: mail.id, kind: mail.kind, attempts },
    isGivenUp ? 'A mail was given up' : 'A mail will be tried again',
  );
  if (isGivenUp) return recordFailed(database, mail, reason);
  const nextAttemptAt = new Date(clock().getTime() + retryDelay(attempts, Math.random()));
  return recordRetry(database, mail, reason, nextAttemptAt);
}

/** @throws DeliveryError */
function readContent(key: KeyObject, { userId, content }: OutgoingMail): MailContent {
  try {
    return decryptContent(key, userId, content);
  } catch {
    throw new DeliveryError(MAIL_FAILURES.otherSecret, true);
  }
}

/** The same id at every attempt, so that mail programs show a mail that arrives twice as one. */
function stableId({ id, userId, createdAt }: OutgoingMail): string {
  return createHash('sha256').update(`${id}:${userId}:${createdAt.getTime()}`).digest('hex').slice(0, 32);
}

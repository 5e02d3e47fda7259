import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyBaseLogger, FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { TOP_LEVEL_ERRORS } from '../error-catalogue/top-level-errors';
import { putRequestId } from './request-id';
import type { PutHeaders } from './security-headers';

interface Told {
  readonly code: keyof typeof TOP_LEVEL_ERRORS;
  readonly message: string;
}

const MALFORMED: Told = {
  code: 'BAD_USER_INPUT',
  message: TOP_LEVEL_ERRORS.BAD_USER_INPUT.messages.malformedRequest,
};

/** What is told with a status; other mistakes of a client are malformed requests. */
const TOLD: Readonly<Partial<Record<number, Told>>> = {
  404: { code: 'NOT_FOUND', message: TOP_LEVEL_ERRORS.NOT_FOUND.messages.nothingHere },
  405: { code: 'METHOD_NOT_ALLOWED', message: TOP_LEVEL_ERRORS.METHOD_NOT_ALLOWED.messages.otherMethod },
  413: { code: 'PAYLOAD_TOO_LARGE', message: TOP_LEVEL_ERRORS.PAYLOAD_TOO_LARGE.messages.tooLarge },
  415: {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: TOP_LEVEL_ERRORS.UNSUPPORTED_MEDIA_TYPE.messages.notJson,
  },
  429: { code: 'RATE_LIMITED', message: TOP_LEVEL_ERRORS.RATE_LIMITED.messages.usedUp },
  500: { code: 'INTERNAL', message: TOP_LEVEL_ERRORS.INTERNAL.messages.unforeseen },
  503: { code: 'OVERLOADED', message: TOP_LEVEL_ERRORS.OVERLOADED.messages.busy },
};

/** The body of an answer below GraphQL, in the shape of GraphQL, so that clients read every failure alike. */
function bodyOf(status: number, requestId: string): object {
  const { code, message } = TOLD[status] ?? MALFORMED;
  return { errors: [{ message, extensions: { code, requestId } }] };
}

/** Refuses a request that may come again after so many seconds, before anything is done for it. */
export function refuseForNow(
  request: FastifyRequest,
  reply: FastifyReply,
  status: 429 | 503,
  seconds: number,
) {
  return reply.code(status).header('retry-after', String(seconds)).send(bodyOf(status, request.id));
}

/**
 * Answers what does not reach GraphQL: unknown paths, other methods, bodies that cannot be read. Must be called
 * before the routes are registered. Nothing of the causes is told: they name parts of the server.
 */
export function registerErrorAnswers(server: FastifyInstance): void {
  const methods = new Map<string, Set<string>>();
  server.addHook('onRoute', ({ url, method }) => {
    const known = methods.get(url) ?? new Set();
    // A path that takes OPTIONS takes it for preflights only, which are answered before.
    const taken = [method].flat().filter((each) => each !== 'OPTIONS');
    methods.set(url, new Set([...known, ...taken]));
  });
  server.setNotFoundHandler((request, reply) => {
    const allowed = methodsOf(request, methods);
    if (allowed.length > 0 && !allowed.includes(request.method)) {
      return reply.code(405).header('allow', allowed.join(', ')).send(bodyOf(405, request.id));
    }
    const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    // The client shows its own page for an unknown path.
    if (isPage && server.hasReplyDecorator('sendFile')) return reply.code(404).sendFile('index.html');
    return reply.code(404).send(bodyOf(404, request.id));
  });
  server.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = statusOf(error);
    if (status === 500) request.log.error({ err: error }, 'A request failed unexpectedly');
    return reply.code(status).send(bodyOf(status, request.id));
  });
}

function statusOf({ statusCode = 500 }: FastifyError): number {
  // Of a file that may not be read nobody learns that it is there.
  if (statusCode === 403) return 404;
  return statusCode >= 400 && statusCode < 500 ? statusCode : 500;
}

/** The methods of the path of a request, none for an unknown path. */
function methodsOf({ url }: FastifyRequest, methods: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const [path = ''] = url.split('?');
  const exact = methods.get(path);
  if (exact) return [...exact];
  const matching = [...methods].filter(
    ([route]) => route.length > 2 && route.endsWith('/*') && path.startsWith(route.slice(0, -1)),
  );
  return matching.flatMap(([, each]) => [...each]);
}

/** Answers a request whose URL cannot be decoded, with the headers of every answer: Fastify runs no hook for it. */
export function answerUndecodableUrl(put: PutHeaders) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    put(request, reply);
    putRequestId(request, reply);
    const status = statusOf(error);
    void reply.code(status).send(bodyOf(status, request.id));
  };
}

const STATUS_OF_PARSER: Readonly<Partial<Record<string, number>>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/** Answers what is no HTTP, or takes too long to arrive, and ends the connection. The log gets no byte of it. */
export function answerUnreadableRequest(
  log: FastifyBaseLogger,
  error: NodeJS.ErrnoException,
  socket: Socket,
): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const requestId = randomUUID();
  log.trace({ code: error.code, reqId: requestId }, 'unreadable request');
  const status = STATUS_OF_PARSER[error.code ?? ''] ?? 400;
  const body = JSON.stringify(bodyOf(status, requestId));
  if (socket.writable) {
    socket.write(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json; charset=utf-8\r\n` +
        `X-Request-Id: ${requestId}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
  }
  socket.destroy(error);
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import helmet from 'helmet';

export type PutHeaders = (request: FastifyRequest, reply: FastifyReply) => void;

/** Allows scripts from our own files only, and no other site to embed our pages in a frame. ASVS 3.4. */
export function securityHeaders(isSecure: boolean): PutHeaders {
  const put = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // Dialogs and the editor of GraphiQL place themselves with inline styles.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: isSecure ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  });
  return (request, reply) => {
    put(request.raw, reply.raw, (error) => {
      if (error instanceof Error) throw error;
    });
    // Answers hold tokens and personal data, which no cache may keep, however the path is written. What may be kept
    // says so itself. ASVS 14.3.2.
    reply.header('cache-control', 'no-store');
  };
}

export function registerSecurityHeaders(server: FastifyInstance, put: PutHeaders): void {
  server.addHook('onRequest', async (request, reply) => put(request, reply));
}

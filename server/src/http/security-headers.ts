import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** Scripts only from our own files; no page of ours in anybody's frame. ASVS 3.4. */
export async function registerSecurityHeaders(server: FastifyInstance, isSecure: boolean): Promise<void> {
  await server.register(helmet, {
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
  // What the API answers holds tokens and personal data. ASVS 14.3.2.
  server.addHook('onRequest', async (request, reply) => {
    if (/^\/graphql(\?|$)/.test(request.url)) reply.header('cache-control', 'no-store');
  });
}

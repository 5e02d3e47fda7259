import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import Negotiator from 'negotiator';
import { vary } from './vary';

/** Bytes, about. What is smaller fits a packet anyway. */
const WORTH_IT = 1024;

/** As small as at the default of gzip, in less time; the default of brotli takes many times as long. */
const BROTLI_QUALITY = 4;

const brotli = promisify(brotliCompress);
const ENCODERS = {
  br: (text: string) => brotli(text, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
  gzip: promisify<string, Buffer>(gzip),
} as const;
const ENCODINGS = Object.keys(ENCODERS) as (keyof typeof ENCODERS)[];

/**
 * Compresses what is written for the request. Files are compressed when they are built. Lengths tell nothing of secrets
 * (BREACH): no other site can make a browser ask with the token of its user.
 */
export function compressAnswers(server: FastifyInstance): void {
  server.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload.length <= WORTH_IT || reply.hasHeader('content-encoding')) {
      return payload;
    }
    vary(reply, 'Accept-Encoding');
    // In our order: browsers name gzip first, and take brotli as gladly.
    const accepted = new Negotiator(request.raw).encodings(ENCODINGS);
    const encoding = ENCODINGS.find((each) => accepted.includes(each));
    if (!encoding) return payload;
    reply.header('content-encoding', encoding).removeHeader('content-length');
    return ENCODERS[encoding](payload);
  });
}

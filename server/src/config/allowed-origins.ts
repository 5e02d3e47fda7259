import { listOf, parsedBy } from './variable-kinds';

/** Scheme, host and perhaps a port, with nothing behind them. */
const ORIGIN = /^https?:\/\/[^/?#@\\*\s]+$/i;

/** The origins of pages elsewhere whose scripts may call the API, as browsers write them. */
export const allowedOrigins = listOf(
  parsedBy(
    parseOrigin,
    (text) => `must name origins such as https://app.example.com, without path or wildcard, not "${text}".`,
  ),
);

function parseOrigin(text: string): string | null {
  return ORIGIN.test(text) && URL.canParse(text) ? new URL(text).origin : null;
}

/** A mail as a mail program shows it. */
export interface ReadMessage {
  /** By lower-case name, unfolded and decoded. Each name once: a second one throws. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly html: string;
  /** As it came. */
  readonly raw: string;
}

/** Reads what nodemailer writes: multipart/alternative of two texts. */
export function readMessage(raw: string): ReadMessage {
  const { headers, body } = splitPart(raw);
  const boundary = /boundary="([^"]+)"/.exec(headers['content-type'] ?? '')?.[1];
  if (!boundary) throw new Error(`Not a multipart message: ${raw}`);
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => splitPart(part.replace(/^\r\n/, '')));
  const content = (type: string) => {
    const part = parts.find(({ headers }) => headers['content-type']?.startsWith(type));
    if (!part) throw new Error(`No ${type}: ${raw}`);
    return decodeBody(part.body, part.headers['content-transfer-encoding']);
  };
  return { headers, text: content('text/plain'), html: content('text/html'), raw };
}

function splitPart(part: string) {
  const end = part.indexOf('\r\n\r\n');
  const headers: Record<string, string> = {};
  const lines = part
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  for (const line of lines) {
    const [, name, value] = /^([!-9;-~]+): ?(.*)$/.exec(line) ?? [];
    if (!name) throw new Error(`Not a header: ${line}`);
    const key = name.toLowerCase();
    if (headers[key] !== undefined) throw new Error(`Twice: ${line}`);
    headers[key] = decodeWords(value!);
  }
  return { headers, body: part.slice(end + 4) };
}

/** RFC 2047. */
function decodeWords(text: string): string {
  return text
    .replace(/\?= +=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_word, encoding: string, content: string) =>
      encoding.toLowerCase() === 'b'
        ? Buffer.from(content, 'base64').toString()
        : decodeQuotedPrintable(content.replaceAll('_', ' ')),
    );
}

function decodeBody(body: string, encoding = '7bit'): string {
  const text =
    encoding === 'base64'
      ? Buffer.from(body, 'base64').toString()
      : encoding === 'quoted-printable'
        ? decodeQuotedPrintable(body.replace(/=\r\n/g, ''))
        : body;
  return text.replace(/\r\n/g, '\n').trimEnd();
}

function decodeQuotedPrintable(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_match, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString();
}

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const FOLDER = 'dist/client';

/** What does not compress by itself. */
const KINDS = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt', '.webmanifest']);

/** Bytes. Smaller files fit one packet anyway. */
const SMALLEST = 1024;

// Once at the build, and at most, because every browser profits from it.
for (const name of readdirSync(FOLDER, { recursive: true })) {
  if (!KINDS.has(extname(name))) continue;
  const file = join(FOLDER, name);
  const content = readFileSync(file);
  if (content.length < SMALLEST) continue;
  const params = {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params }));
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
}

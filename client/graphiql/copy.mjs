import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('.', import.meta.url));
const packages = fileURLToPath(new URL('../../node_modules', import.meta.url));
const target = fileURLToPath(new URL('../../dist/client/graphiql', import.meta.url));

const vendorFiles = [
  'react/umd/react.production.min.js',
  'react-dom/umd/react-dom.production.min.js',
  'graphiql/graphiql.min.js',
  'graphiql/graphiql.min.css',
];

mkdirSync(target, { recursive: true });
for (const file of readdirSync(source)) {
  if (/\.(html|css|js)$/.test(file)) copyFileSync(join(source, file), join(target, file));
}
for (const file of vendorFiles) {
  // The source maps are not copied, so their addresses are removed; browsers would request them in vain.
  const text = readFileSync(join(packages, file), 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
  writeFileSync(join(target, basename(file)), text);
}

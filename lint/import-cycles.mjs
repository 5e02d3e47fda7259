import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import typescript from 'typescript';
import { moduleResolver } from './module-resolver.mjs';

const SOURCE = /\.(ts|mts|svelte)$/;
const SCRIPT = /<script\b[^>]*>([\s\S]*?)<\/script>/g;

/**
 * Groups of files that import each other in a circle, sorted.
 * An `import type` counts as well, which no rule of ESLint sees: two files that need each other's types cannot be
 * read one after the other either.
 */
export function importCycles(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  const imports = new Map(files.map((file) => [file, importsOf(file)]));
  return circles(imports).map((circle) => circle.map((file) => relative(folder, file)).sort());
}

function importsOf(file) {
  const text = readFileSync(file, 'utf8');
  const scripts = file.endsWith('.svelte') ? [...text.matchAll(SCRIPT)].map(([, script]) => script) : [text];
  return scripts
    .flatMap((script) => typescript.preProcessFile(script, true, true).importedFiles)
    .map(({ fileName }) => moduleResolver.resolve(fileName, file))
    .filter(({ found }) => found)
    .map(({ path }) => path);
}

/** The strongly connected parts of the graph that hold more than one file (Tarjan). */
function circles(imports) {
  const found = [];
  const open = [];
  const order = new Map();
  const earliest = new Map();

  const visit = (file) => {
    order.set(file, order.size);
    earliest.set(file, order.get(file));
    open.push(file);
    for (const imported of imports.get(file)) {
      if (!imports.has(imported)) continue;
      if (!order.has(imported)) visit(imported);
      if (open.includes(imported)) {
        earliest.set(file, Math.min(earliest.get(file), earliest.get(imported)));
      }
    }
    if (earliest.get(file) === order.get(file)) {
      const circle = open.splice(open.indexOf(file));
      if (circle.length > 1) found.push(circle);
    }
  };

  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const cycles = ['server', 'client', 'bench'].flatMap((folder) =>
    importCycles(join(root, folder)).map((files) => files.map((file) => `${folder}/${file}`)),
  );
  for (const files of cycles) console.error(`These files import each other: ${files.join(', ')}`);
  process.exitCode = cycles.length > 0 ? 1 : 0;
}

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { importCycles } from './import-cycles.mjs';

function cyclesOf(t, files) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rolecall-lint-')));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return importCycles(folder);
}

test('files that import one way are no cycle', (t) => {
  const cycles = cyclesOf(t, {
    'a.ts': "import { b } from './b'; import { c } from './deep/c';",
    'b.ts': "import { c } from './deep/c'; import { fastify } from 'fastify';",
    'deep/c.ts': "export const c = '../a';",
  });
  assert.deepEqual(cycles, []);
});

test('a cycle through three files is found, and files that only lead to it are not named', (t) => {
  const cycles = cyclesOf(t, {
    'a.ts': "import { b } from './b';",
    'b.ts': "export { c } from './deep/c';",
    'deep/c.ts': "import '../a';",
    'outside.ts': "import { a } from './a';",
  });
  assert.deepEqual(cycles, [['a.ts', 'b.ts', 'deep/c.ts']]);
});

test('a cycle of types alone is found', (t) => {
  const cycles = cyclesOf(t, {
    'a.ts': "import type { B } from './b'; export interface A { b: B }",
    'b.ts': "import { type A } from './a'; export interface B { a: A }",
  });
  assert.deepEqual(cycles, [['a.ts', 'b.ts']]);
});

test('a type written as import("…") counts', (t) => {
  const cycles = cyclesOf(t, {
    'a.ts': "export interface A { b: import('./b').B }",
    'b.ts': "import type { A } from './a'; export interface B { a: A }",
  });
  assert.deepEqual(cycles, [['a.ts', 'b.ts']]);
});

test('a cycle through a Svelte component and a module of runes is found', (t) => {
  const cycles = cyclesOf(t, {
    'Form.svelte': '<script lang="ts">\nimport { form } from "./form.svelte";\n</script>\n<p>import it</p>',
    'form.svelte.ts': "import Form from './Form.svelte';",
  });
  assert.deepEqual(cycles, [['Form.svelte', 'form.svelte.ts']]);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { readConfig } from '../src/config/config';
import { VARIABLES } from '../src/config/environment';
import { TEST_SECRET } from './harness';

const read = (file: string) => readFileSync(join(__dirname, '../..', file), 'utf8');
const KNOWN = Object.keys(VARIABLES.shape).sort();

/** The example with every default in force. */
const EXAMPLE = read('.env.example').replace(/^#(?=[A-Z_]+=)/gm, '');

test('.env.example names every variable that the service reads, and explains each', () => {
  expect(Object.keys(parseEnv(EXAMPLE)).sort()).toEqual(KNOWN);
  const [, ...blocks] = EXAMPLE.trim().split('\n\n');
  for (const block of blocks) expect(block).toMatch(/^# .+\n[A-Z_]+=.*$/);
});

test('a copy of .env.example changes nothing until a # is taken away', () => {
  expect(parseEnv(read('.env.example'))).toEqual({});
});

test('the defaults in .env.example are those of the service', () => {
  const example = { ...parseEnv(EXAMPLE), SECRET: TEST_SECRET };
  expect({ ...readConfig(example), demo: true }).toEqual(readConfig({ SECRET: TEST_SECRET }));
});

test('the table of the README names every variable that the service reads', () => {
  const [, table = ''] = /## Configure it\n([^]+?)\n## /.exec(read('README.md')) ?? [];
  const cells = [...table.matchAll(/^\| (`.+?) +\|/gm)].map(([, cell = '']) => cell);
  expect(cells.flatMap((cell) => cell.replaceAll('`', '').split(', ')).sort()).toEqual(KNOWN);
});

test('compose.yaml hands on every variable but those that the image sets', () => {
  const [, service = ''] = /\n {4}environment:\n([^]+?)\n {4}ports:/.exec(read('compose.yaml')) ?? [];
  const handed = [...service.matchAll(/^ {6}([A-Z_]+):/gm)].map(([, name]) => name);
  const image = ['NODE_ENV', 'HOST', 'PORT'];
  for (const name of image) expect(read('Dockerfile')).toMatch(new RegExp(`${name}=`));
  expect([...handed, ...image].sort()).toEqual(KNOWN);
});

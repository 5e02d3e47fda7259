import { parse, validate } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildRolecallSchema } from '../src/graphql/schema';

interface Example {
  readonly file: string;
  /** From 1, in the order of the file. */
  readonly position: number;
  readonly document: string;
}

/** Where readers find documents to copy, and how each file sets them off. */
const PLACES: readonly (readonly [file: string, document: RegExp])[] = [
  ['docs/api.md', /^```graphql\n([^]+?)^```$/gm],
  ['README.md', /rolecall '([^']+)'/g],
  ['client/graphiql/examples.js', /query: `([^`]+)`/g],
];

const examples: readonly Example[] = PLACES.flatMap(([file, document]) =>
  [...readFileSync(join(__dirname, '../..', file), 'utf8').matchAll(document)].map(
    ([, text = ''], index) => ({
      file,
      position: index + 1,
      document: text,
    }),
  ),
);
const schema = buildRolecallSchema();

test.each(PLACES.map(([file]) => file))('%s has examples', (name) => {
  expect(examples.filter(({ file }) => file === name)).not.toEqual([]);
});

test.each(examples)('$file: example $position fits the schema', ({ document }) => {
  expect(validate(schema, parse(document)).map(({ message }) => message)).toEqual([]);
});

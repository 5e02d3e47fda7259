import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { TOP_LEVEL_ERRORS, type TopLevelErrorEntry } from '../src/error-catalogue/top-level-errors';
import { USER_ERRORS, type UserErrorEntry } from '../src/error-catalogue/user-errors';
import { badUserInput, userErrorMessage } from '../src/errors';
import { isForeignSentence, refuseForeignSentences } from './catalogue-sentences';
import { startService } from './harness';

const SOURCE = join(__dirname, '../src');
const CATALOGUE = 'error-catalogue/';
const userErrors = Object.entries<UserErrorEntry>(USER_ERRORS);
const topLevelErrors = Object.entries<TopLevelErrorEntry>(TOP_LEVEL_ERRORS);

/** The files of the server by their path, without the catalogue itself. */
const sources = new Map(
  readdirSync(SOURCE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [relative(SOURCE, file), readFileSync(file, 'utf8')] as const)
    .filter(([path]) => !path.startsWith(CATALOGUE)),
);
const filesWith = (pattern: RegExp) =>
  [...sources].filter(([, text]) => pattern.test(text)).map(([path]) => path);

test('the schema knows exactly the codes of the catalogue, and says of each when it happens', async () => {
  const service = await startService();
  const { data } = await service.graphql<{ __type: { enumValues: { name: string; description: string }[] } }>(
    '{ __type(name: "UserErrorCode") { enumValues { name description } } }',
  );
  const told = Object.fromEntries(data.__type.enumValues.map(({ name, description }) => [name, description]));
  expect(told).toEqual(Object.fromEntries(userErrors.map(([code, { when }]) => [code, when])));
});

test('every sentence of the catalogue is a sentence, and none is the code itself', () => {
  const sentences = [
    ...userErrors.flatMap(([code, { message, when, whatToDo }]) => [
      [code, message],
      [code, when],
      [code, whatToDo],
    ]),
    ...topLevelErrors.flatMap(([code, { messages, when, whatToDo }]) =>
      [...Object.values(messages), when, whatToDo].map((sentence) => [code, sentence]),
    ),
  ] as [string, string][];
  const odd = sentences.filter(
    ([code, sentence]) => sentence.includes(code) || !/^\S+ .*\S\.$/.test(sentence),
  );
  expect(odd).toEqual([]);
});

test.each(userErrors)('%s is thrown somewhere', (code) => {
  expect(filesWith(new RegExp(`'${code}'`))).not.toEqual([]);
});

test.each(topLevelErrors.flatMap(([code, { messages }]) => Object.keys(messages).map((key) => [code, key])))(
  '%s is answered somewhere with the sentence "%s"',
  (_code, situation) => {
    expect(filesWith(new RegExp(`'${situation}'|messages\\.${situation}\\b`))).not.toEqual([]);
  },
);

test('only errors.ts makes errors for clients, and rules of inputs take their sentence from the catalogue', () => {
  expect(filesWith(/new (UserErrors?|GraphQLError)\(/)).toEqual(['errors.ts']);
  expect(filesWith(/defaultMessage: (?!\((args)?\) =>\s+userErrorMessage\()/)).toEqual([]);
});

test('the parameters of a sentence are filled in', () => {
  expect(userErrorMessage('TOO_LONG', { label: 'Phone', maximum: 40 })).toBe(
    'Phone must have at most 40 characters.',
  );
  const error = badUserInput('tooMany', 'sort', { maximum: 5, things: 'fields' });
  expect(error).toMatchObject({
    message: 'sort takes at most 5 fields.',
    extensions: { code: 'BAD_USER_INPUT', argument: 'sort' },
  });
});

test('a sentence from elsewhere is noticed in every answer that a test gets', () => {
  expect(isForeignSentence('TOO_LONG', 'Phone must have at most 40 characters.')).toBe(false);
  expect(
    isForeignSentence('QUERY_TOO_COMPLEX', 'The query is too complex: it is more than 15 levels deep.'),
  ).toBe(false);
  for (const message of ['ROLE_NOT_FOUND', 'No such role.', 'This role does not exist. Sorry.']) {
    const data = { a: { userErrors: [{ code: 'ROLE_NOT_FOUND', field: ['input', 'id'], message }] } };
    expect(() => refuseForeignSentences({ data })).toThrow('Not in the catalogue');
  }
  const errors = [{ message: 'Forbidden', extensions: { code: 'FORBIDDEN' } }];
  expect(() => refuseForeignSentences({ data: null, errors })).toThrow('Not in the catalogue');
});

import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TOP_LEVEL_ERRORS, type TopLevelErrorEntry } from '../error-catalogue/top-level-errors';
import { USER_ERRORS, type UserErrorEntry } from '../error-catalogue/user-errors';

const HEADER = `<!-- Written by \`npm run build:schema\` from server/src/error-catalogue. Do not edit. -->

# Errors

Branch on the code, never on the message: codes are not renamed, messages may be improved. Names in braces are
filled in. New codes may come, so treat a code that you do not know as a general failure.`;

const USER_ERRORS_INTRODUCTION = `## userErrors

An expected failure of a mutation stands in \`userErrors\` of its payload, with the path of the input field that
caused it. Nothing was changed then. The answer has the HTTP status 200 and no \`errors\`.`;

const TOP_LEVEL_INTRODUCTION = `## Top-level errors

Everything else stands in \`errors\`, with the code in \`extensions.code\`. A refused field does not refuse the others
of the same request: look at \`data\` as well.`;

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [columns, columns.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const userErrors = Object.entries<UserErrorEntry>(USER_ERRORS).map(([code, { message, when, whatToDo }]) => [
  `\`${code}\``,
  message,
  when,
  whatToDo,
]);
const topLevelErrors = Object.entries<TopLevelErrorEntry>(TOP_LEVEL_ERRORS).map(
  ([code, { messages, when, whatToDo, http }]) => [
    `\`${code}\``,
    Object.values(messages).join('<br>'),
    when,
    whatToDo,
    http,
  ],
);

const sections = [
  HEADER,
  USER_ERRORS_INTRODUCTION,
  table(['Code', 'Message', 'When', 'What to do'], userErrors),
  TOP_LEVEL_INTRODUCTION,
  table(['Code', 'Message', 'When', 'What to do', 'HTTP status'], topLevelErrors),
];
writeFileSync(resolve('docs/errors.md'), `${sections.join('\n\n')}\n`);

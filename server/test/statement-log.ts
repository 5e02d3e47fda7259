import type { TestService } from './harness';

/** The mailer looks for mails when it likes. */
const isOfMailer = (statement: string) => /^SELECT.*outgoing_mail/s.test(statement);

/**
 * What the service sends to the database until `work` is done, in this order; also what begins and ends
 * transactions.
 */
export async function statementsDuring(
  { app }: TestService,
  work: () => Promise<unknown>,
): Promise<readonly string[]> {
  const { reader, writer } = app.database;
  const statements: string[] = [];
  // With MySQL both are the same.
  const spies = [...new Set([reader.dataSource, writer])].map(({ logger }) =>
    jest.spyOn(logger, 'logQuery').mockImplementation((statement) => {
      if (!isOfMailer(statement)) statements.push(outline(statement));
    }),
  );
  try {
    await work();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return statements;
}

/** BEGIN, COMMIT, or the verb and the table: the same for both engines. */
function outline(statement: string): string {
  const bare = statement.replace(/[`"]/g, '').replace(/\s+/g, ' ').trim();
  const [verb = ''] = bare.split(' ');
  if (verb === 'SELECT') return `SELECT ${/.* FROM (\w+)/.exec(bare)?.[1]}`;
  if (verb === 'START') return 'BEGIN';
  return /^(INSERT INTO|UPDATE|DELETE FROM) \w+/.exec(bare)?.[0] ?? verb;
}

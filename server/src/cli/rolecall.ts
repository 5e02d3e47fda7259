import 'reflect-metadata';
import { Command } from 'commander';
import { readCommandConfig, type PasswordPolicy } from '../config';
import { openDatabase, type Database } from '../database/database';
import { entities } from '../entities';
import { explainFailure } from '../explain-failure';
import { createOrganization, type NewOrganization } from './create-organization';
import { readPassword } from './read-password';

const program = new Command('rolecall')
  .description('Works on the database that DATABASE_URL names.')
  .showHelpAfterError();

program
  .command('migrate')
  .description('bring the tables up to date')
  .action(() => withDatabase(async () => console.log('The tables are up to date.')));

program
  .command('create-organization')
  .description('create an organization with its first roles and its first administrator')
  .requiredOption('--name <name>', 'name of the organization')
  .requiredOption('--username <email>', "the administrator's email address")
  .requiredOption('--first-name <name>', "the administrator's first name")
  .requiredOption('--last-name <name>', "the administrator's last name")
  .requiredOption('--phone <number>', "the administrator's phone number")
  .action((options: Omit<NewOrganization, 'password'>) =>
    withDatabase(async (database, passwordPolicy) => {
      const password = await readPassword(`Password for ${options.username}: `);
      await createOrganization(database, passwordPolicy, { ...options, password }, new Date());
      console.log(`${options.name} is ready; sign in as ${options.username}.`);
    }),
  );

/** The tables are brought up to date first, as every start of the service does. */
async function withDatabase(
  work: (database: Database, passwordPolicy: PasswordPolicy) => Promise<void>,
): Promise<void> {
  const config = readCommandConfig();
  const database = await openDatabase(config.database, entities);
  try {
    await work(database, config.passwordPolicy);
  } finally {
    await database.close();
  }
}

program.parseAsync().catch((error: unknown) => {
  console.error(explainFailure(error));
  process.exitCode = 1;
});

import 'reflect-metadata';
import { Command } from 'commander';
import { ALL_FEATURES } from '../access/features';
import { readCommandConfig, type CommandConfig } from '../config/config';
import { openDatabase, type Database } from '../database/database';
import { entities } from '../entities';
import { explainFailure } from '../config/explain-failure';
import { createAdministrator, type NewAdministrator } from './create-administrator';
import { createOrganizationWithAdministrator, type NewOrganization } from './create-organization';
import { describeOrganizations } from './list-organizations';
import { readPassword } from './read-password';
import { switchFeature } from './switch-feature';

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
    withDatabase(async (database, { passwordPolicy }) => {
      const password = await readPassword(`Password for ${options.username}: `);
      await createOrganizationWithAdministrator(
        database,
        passwordPolicy,
        { ...options, password },
        new Date(),
      );
      console.log(`${options.name} is ready; sign in as ${options.username}.`);
    }),
  );

program
  .command('create-administrator')
  .description('add a user who can administer an organization; prints a link to set their password with')
  .requiredOption('--organization <id>', 'id of the organization, see list-organizations')
  .requiredOption('--username <email>', "the administrator's email address")
  .requiredOption('--first-name <name>', "the administrator's first name")
  .requiredOption('--last-name <name>', "the administrator's last name")
  .requiredOption('--phone <number>', "the administrator's phone number")
  .action((options: NewAdministrator) =>
    withDatabase(async (database, { publicUrl }) => {
      const { url, expiresAt } = await createAdministrator(database, publicUrl, options, new Date());
      console.log(
        `${options.username} sets a password here, once, until ${expiresAt.toISOString()}:\n${url}`,
      );
    }),
  );

program
  .command('list-organizations')
  .description('list the organizations with their ids, features and numbers of users')
  .action(() => withDatabase(async (database) => console.log(await describeOrganizations(database))));

for (const on of [true, false]) {
  program
    .command(`${on ? 'enable' : 'disable'}-feature`)
    .description(`turn a feature of an organization ${on ? 'on' : 'off'}`)
    .argument('<organization>', 'id of the organization, see list-organizations')
    .argument('<feature>', ALL_FEATURES.join(' or '))
    .action((organization: string, feature: string) =>
      withDatabase(async (database) => {
        const { name } = await switchFeature(database, { organization, feature, on }, new Date());
        console.log(`${feature} is ${on ? 'on' : 'off'} for ${name}.`);
      }),
    );
}

/** The tables are brought up to date first, as every start of the service does. */
async function withDatabase(
  work: (database: Database, config: CommandConfig) => Promise<void>,
): Promise<void> {
  const config = readCommandConfig();
  const database = await openDatabase(config.database, entities);
  try {
    await work(database, config);
  } finally {
    await database.close();
  }
}

program.parseAsync().catch((error: unknown) => {
  console.error(explainFailure(error));
  process.exitCode = 1;
});

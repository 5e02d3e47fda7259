import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { select } from '../../src/database/sql';
import { buildOrganization, buildPerson } from '../builders';
import { globalId } from '../../src/global-id/global-id';
import { startService, type GraphQLAnswer } from '../harness';
import { program } from '../program';

/** Seconds; `SIDE_BY_SIDE=60` for a longer run. */
const DURATION = Number(process.env.SIDE_BY_SIDE ?? 3);
jest.setTimeout((DURATION + 120) * 1000);

const CREATE = `mutation ($input: CreateUserInput!) {
  createUser(input: $input) { user { id } userErrors { code } }
}`;

/** Refused before anything of the request was read, because the machine is too busy with the other processes. */
const isShed = (errors: GraphQLAnswer['errors']) =>
  errors?.every(({ path, extensions }) => !path && extensions.code === 'OVERLOADED') ?? false;

test('the service and the command line write side by side, and nothing fails or is lost', async () => {
  const service = await startService();
  const acme = await buildOrganization(service);
  const administrator = await buildPerson(service, acme, 'administrator');
  const { database } = service.config;
  const script = program('cli/rolecall');
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, ...script.env, DATABASE_URL: `sqlite:${(database as { file: string }).file}` };
  const written: string[] = [];
  const failures: unknown[] = [];
  let isOver = false;

  const update = `mutation ($input: UpdateUserInput!) { updateUser(input: $input) { userErrors { code } } }`;
  async function useService(worker: number) {
    for (let round = 0; !isOver; round += 1) {
      const { data, errors } = await service.graphql(
        update,
        { input: { id: administrator.id, firstName: `Round ${worker} ${round}` } },
        { token: administrator.token },
      );
      if (isShed(errors)) continue;
      if (errors || data.updateUser.userErrors.length > 0) failures.push(errors ?? data);
    }
  }
  async function addUsers() {
    for (let round = 0; !isOver; round += 1) {
      const username = `service${round}@example.com`;
      const person = { firstName: 'Ada', lastName: 'Lovelace', phone: '+1 202 555 0143' };
      const { data, errors } = await service.graphql(
        CREATE,
        { input: { ...person, username, password: 'Correct-Horse', roleId: acme.roles.agent } },
        { token: administrator.token },
      );
      if (isShed(errors)) continue;
      if (errors || !data.createUser.user) failures.push(errors ?? data);
      else written.push(username);
    }
  }
  async function useCommandLine(worker: number) {
    const least = 2;
    for (let round = 0; !isOver || round < least; round += 1) {
      const username = `command${worker}-${round}@example.com`;
      const args = [
        ...['create-administrator', '--organization', globalId('Organization', acme.id)],
        ...['--username', username, '--first-name', 'Ada', '--last-name', 'Lovelace'],
        ...['--phone', '+1 202 555 0143'],
      ];
      try {
        await promisify(execFile)(process.execPath, [...script.args, ...args], { env });
        written.push(username);
      } catch (error) {
        failures.push(error);
      }
    }
  }

  const timer = setTimeout(() => (isOver = true), DURATION * 1000);
  await Promise.all([useCommandLine(1), useCommandLine(2), useService(1), useService(2), addUsers()]);
  clearTimeout(timer);

  expect(failures).toEqual([]);
  const rows = await select<{ username: string }>(
    service.app.database.reader,
    "SELECT username FROM user WHERE username LIKE 'service%' OR username LIKE 'command%'",
    [],
  );
  expect(rows.map(({ username }) => username).sort()).toEqual(written.sort());
  if (process.env.SIDE_BY_SIDE) console.log(`${written.length} users, none lost`);
});

import 'reflect-metadata';
import { startApp, type App } from './app';
import { readConfig, type Config } from './config/config';
import { explainFailure } from './config/explain-failure';
import { loggedError } from './http/log-format';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from './demo/demo-people';

async function main(): Promise<void> {
  const config = readConfig();
  const app = await startApp(config, { print: console.log });
  stopOnSignal(app);
  announce(config, app);
}

function announce(config: Config, app: App): void {
  const lines = [
    `Rolecall is ready.`,
    ``,
    `  Admin page  ${config.publicUrl}/admin`,
    `  GraphQL     ${config.publicUrl}/graphql`,
    `  GraphiQL    ${config.publicUrl}/graphiql`,
    `  Listening   ${app.address}`,
  ];
  if (config.demo) {
    lines.push(``, `Demo accounts, all with the password ${DEMO_PASSWORD}:`);
    lines.push(...DEMO_ACCOUNTS.map(({ username, role }) => `  ${username.padEnd(24)}${role}`));
  }
  console.log(lines.join('\n'));
}

function stopOnSignal(app: App): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function fail(error: unknown): never {
  console.error(`Rolecall cannot start. ${explainFailure(error)}`);
  process.exit(1);
}

// Node would print everything that hangs on the error, such as the values of a statement.
process.on('uncaughtException', (error) => {
  console.error(JSON.stringify({ level: 60, msg: 'The service failed', err: loggedError(error) }));
  process.exit(1);
});

main().catch(fail);

import 'reflect-metadata';
import { startApp, type App } from './app';
import { ConfigurationError, readConfig, type Config } from './config';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from './demo/demo-people';

async function main(): Promise<void> {
  const config = readConfig();
  const app = await startApp(config);
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

/** One clear line for what an operator can mend; a stack only for what he cannot. */
function fail(error: unknown): never {
  console.error(explain(error));
  process.exit(1);
}

function explain(error: unknown): string {
  if (error instanceof ConfigurationError) return `Rolecall cannot start: ${error.problems.join(' ')}`;
  const { code, message, address, port, stack } = error as Error & {
    code?: string;
    address?: string;
    port?: number;
  };
  if (code === 'EADDRINUSE')
    return `Rolecall cannot start: ${address}:${port} is in use. Set PORT to another one.`;
  if (code === 'EACCES' && port) return `Rolecall cannot start: it may not listen on ${address}:${port}.`;
  if (isDatabaseProblem(code, message)) {
    return `Rolecall cannot start: the database of DATABASE_URL cannot be opened (${message || code}).`;
  }
  return `Rolecall cannot start: ${stack ?? String(error)}`;
}

function isDatabaseProblem(code: string | undefined, message: string): boolean {
  return /^(ER_|SQLITE|ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|EACCES|EROFS|EPERM|ENOTDIR|EISDIR|PROTOCOL_)/.test(
    code ?? message,
  );
}

main().catch(fail);

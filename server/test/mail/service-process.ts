import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseLocation } from '../../src/config/database-url';
import { TEST_SECRET } from '../harness';
import { program } from '../program';
import { SENDER, type SmtpSink } from './smtp-sink';

const children = new Set<ChildProcess>();
const folder = mkdtempSync(join(tmpdir(), 'rolecall-process-'));

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

export interface ServiceProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** All that it has printed and logged. */
  readonly output: () => string;
}

/** The service as an operator starts it, in a process of its own. */
export async function startProcess(
  database: DatabaseLocation,
  sink: SmtpSink,
  environment: 'test' | 'development',
): Promise<ServiceProcess> {
  const { PATH = '', HOME = '', TMPDIR = '' } = process.env;
  const { args, env } = program('main');
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: {
      PATH,
      HOME,
      TMPDIR,
      ...env,
      NODE_ENV: environment,
      PORT: '0',
      SECRET: TEST_SECRET,
      DATABASE_URL: database.engine === 'mysql' ? database.url : `sqlite:${database.file}`,
      SMTP_URL: `smtp://127.0.0.1:${sink.config.smtp!.port}`,
      MAIL_FROM: SENDER,
    },
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  const ended = once(child, 'exit').then(() => {
    throw new Error(`It ended: ${output}`);
  });
  ended.catch(() => undefined);
  for (;;) {
    const address = /Listening +(http:\S+)/.exec(output)?.[1];
    if (address) return { child, url: `${address}/graphql`, output: () => output };
    await Promise.race([once(child.stdout, 'data'), ended]);
  }
}

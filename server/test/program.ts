import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/**
 * What node starts a program of the service with: its build, where `npm test` has made a fresh one, or else its
 * source, which takes seconds longer.
 * @param name its file in server/src, without its extension
 */
export function program(name: string): {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
} {
  const { SERVER_BUILD } = process.env;
  if (SERVER_BUILD) return { args: [join(SERVER_BUILD, `${name}.js`)], env: {} };
  return {
    args: ['-r', require.resolve('ts-node/register'), join(ROOT, 'server/src', `${name}.ts`)],
    env: { TS_NODE_PROJECT: join(ROOT, 'tsconfig.json') },
  };
}

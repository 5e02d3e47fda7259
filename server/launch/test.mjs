import './bootstrap.mjs';
import { resolve } from 'node:path';

const suites = {
  sqlite: ['--selectProjects', 'sqlite', 'client'],
  mysql: ['--selectProjects', 'mysql'],
  e2e: ['--config', 'client/e2e/jest.config.cjs'],
  fuzz: ['--config', 'server/test/fuzz/jest.config.cjs'],
  relay: ['--config', 'server/test/relay/jest.config.cjs'],
};
const [suite, ...args] = process.argv.slice(2);

const { installPackages } = await import('./install.mjs');
await installPackages();
if (suite === 'relay') await installPackages('server/test/relay');

const { buildChanged } = await import('./build-parts.mjs');
await buildChanged(suite === 'e2e' ? ['server', 'client'] : ['server']);

const { run } = await import('./child-process.mjs');
// The names of the projects come last, because jest takes everything after them for more names.
const jest = ['node_modules/jest/bin/jest.js', ...args, ...suites[suite]];
const env = { ...process.env, NODE_ENV: 'test', SERVER_BUILD: resolve('dist/server') };
const { code } = await run(process.execPath, jest, { env });
process.exit(code);

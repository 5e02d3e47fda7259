import './bootstrap.mjs';

const suites = {
  sqlite: ['--selectProjects', 'sqlite', 'client'],
  mysql: ['--selectProjects', 'mysql'],
  e2e: ['--config', 'client/e2e/jest.config.cjs'],
};
const [suite, ...args] = process.argv.slice(2);

const { installPackages } = await import('./install.mjs');
await installPackages();

if (suite === 'e2e') {
  const { buildChanged } = await import('./build-parts.mjs');
  await buildChanged();
}

const { run } = await import('./child-process.mjs');
// The names of the projects come last, because jest takes everything after them for more names.
const jest = ['node_modules/jest/bin/jest.js', ...args, ...suites[suite]];
const { code } = await run(process.execPath, jest, { env: { ...process.env, NODE_ENV: 'test' } });
process.exit(code);

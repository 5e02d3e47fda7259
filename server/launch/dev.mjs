import './bootstrap.mjs';

const { installPackages } = await import('./install.mjs');
await installPackages();

const { buildChanged, invalidateBuild } = await import('./build-parts.mjs');
await buildChanged();
// From here on the compiler writes dist/server, so that its stamp would be wrong.
invalidateBuild('server');

const { run } = await import('./child-process.mjs');
// Ctrl-C is the normal end, and no failure.
process.exitCode = 0;
const watchers = [
  ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'],
  ['--watch', 'dist/server/main.js'],
  ['node_modules/vite/bin/vite.js', '--config', 'client/vite.config.mts'],
];
const { code } = await Promise.race(watchers.map((command) => run(process.execPath, command)));
process.exitCode = code || 1;
process.kill(process.pid, 'SIGTERM');

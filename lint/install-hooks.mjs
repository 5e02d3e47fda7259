import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const LEFTHOOK = 'node_modules/lefthook/bin/index.js';

// npm runs this after every `npm ci`. An image, a tarball, an install for production and a server for continuous
// integration need no hooks, and whatever goes wrong here must not spoil the install.
if (existsSync('.git') && existsSync(LEFTHOOK) && !process.env.CI) {
  const { status } = spawnSync(process.execPath, [LEFTHOOK, 'install'], { stdio: 'inherit' });
  if (status !== 0) {
    console.warn('The pre-commit hook is not set up. `npx lefthook install` tries again.');
  }
}

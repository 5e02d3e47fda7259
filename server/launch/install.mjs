import { readFileSync } from 'node:fs';
import { run } from './child-process.mjs';

/** Brings node_modules to what package-lock.json says; does nothing when it is there already. */
export async function installPackages() {
  if (isInstalled()) return;
  console.log('Installing packages …');
  // With --include=dev, because npm omits the build tools under NODE_ENV=production.
  const options = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code } = await runNpm(options);
  if (code !== 0) process.exit(1);
}

/** Compares with the list that npm keeps of installed packages. Optional ones may be for another platform. */
function isInstalled() {
  const wanted = readPackages('package-lock.json');
  const installed = readPackages('node_modules/.package-lock.json');
  return (
    installed !== null &&
    Object.entries(wanted).every(([path, { version, optional }]) => {
      if (path === '') return true;
      return installed[path] ? installed[path].version === version : optional;
    })
  );
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

function runNpm(args) {
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('npm-cli.js')) return run(process.execPath, [npm, ...args]);
  return run('npm', args, { shell: process.platform === 'win32' });
}

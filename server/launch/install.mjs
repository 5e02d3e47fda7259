import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child-process.mjs';

/** Brings node_modules of a folder to what its package-lock.json says; does nothing when it is there already. */
export async function installPackages(folder = '.') {
  if (isInstalled(folder)) return;
  console.log('Installing packages …');
  // With --include=dev, because npm omits the build tools under NODE_ENV=production.
  const options = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code } = await runNpm(folder, options);
  if (code !== 0) process.exit(1);
}

/** Compares with the list that npm keeps of installed packages. Optional ones may be for another platform. */
function isInstalled(folder) {
  const wanted = readPackages(join(folder, 'package-lock.json'));
  const installed = readPackages(join(folder, 'node_modules/.package-lock.json'));
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

function runNpm(cwd, args) {
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('npm-cli.js')) return run(process.execPath, [npm, ...args], { cwd });
  return run('npm', args, { cwd, shell: process.platform === 'win32' });
}

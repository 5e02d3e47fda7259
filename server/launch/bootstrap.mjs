// Imported first, and in a syntax that old versions of Node can read, so that they can print the message.
import { fileURLToPath } from 'url';

const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Rolecall needs Node 20.19 or later; this is Node ${process.versions.node}.`);
  process.exit(1);
}

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));

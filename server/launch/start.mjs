import './bootstrap.mjs';

const { installPackages } = await import('./install.mjs');
await installPackages();

const { buildChanged } = await import('./build-parts.mjs');
await buildChanged();

// In this process, so that signals reach the server directly.
await import('../../dist/server/main.js');

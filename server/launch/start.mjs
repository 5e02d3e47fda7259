import './bootstrap.mjs';

const { installPackages } = await import('./install.mjs');
await installPackages();

const { buildChanged } = await import('./build-parts.mjs');
await buildChanged();

// In this very process, so that every signal reaches the server itself.
await import('../../dist/server/main.js');

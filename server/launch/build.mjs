import './bootstrap.mjs';

const { rebuild } = await import('./build-parts.mjs');
await rebuild(process.argv[2]);

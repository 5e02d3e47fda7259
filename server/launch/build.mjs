import './bootstrap.mjs';

const { buildAnew } = await import('./build-parts.mjs');
await buildAnew(process.argv[2]);

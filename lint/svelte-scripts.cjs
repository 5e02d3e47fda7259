const typescript = require('@typescript-eslint/parser');

const SCRIPT = /<script\b[^>]*>([\s\S]*?)<\/script>/g;

/** Parses only the scripts of a component: with them import cycles are seen through .svelte files too. */
exports.parseForESLint = (text, options) => {
  const scripts = [...text.matchAll(SCRIPT)].map((match) => match[1]);
  return typescript.parseForESLint(scripts.join('\n'), {
    ...options,
    filePath: `${options.filePath ?? 'component.svelte'}.ts`,
    projectService: false,
  });
};

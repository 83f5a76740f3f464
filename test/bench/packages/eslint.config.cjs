// What ESLint is set to where it is compared with: the rules for security that people use, as their authors
// recommend them, on JavaScript and TypeScript, without type information.
const { createRequire } = require('node:module');

const requireHere = createRequire(__filename); // so that nobody needs these packages to check types

module.exports = [
  { linterOptions: { reportUnusedDisableDirectives: 'off' } },
  {
    files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
    languageOptions: {
      parser: requireHere('@typescript-eslint/parser'),
      parserOptions: { ecmaFeatures: { jsx: true } },
    },
  },
  requireHere('eslint-plugin-security').configs.recommended,
  requireHere('eslint-plugin-no-unsanitized').configs.recommended,
  requireHere('eslint-plugin-sonarjs').configs.recommended,
];

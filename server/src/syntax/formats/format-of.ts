import type { Format } from '../../analysis/text-file';

const BY_EXTENSION: Readonly<Record<string, Format>> = {
  json: 'json',
  jsonc: 'json',
  json5: 'json',
  webmanifest: 'json',
  'code-workspace': 'json',
  yaml: 'yaml',
  yml: 'yaml',
  env: 'env',
  dockerfile: 'dockerfile',
  md: 'markdown',
  mdc: 'markdown',
  mdx: 'markdown',
  markdown: 'markdown',
};

const BY_LANGUAGE: Readonly<Record<string, Format>> = {
  json: 'json',
  jsonc: 'json',
  yaml: 'yaml',
  'github-actions-workflow': 'yaml',
  dockercompose: 'yaml',
  dotenv: 'env',
  dockerfile: 'dockerfile',
  markdown: 'markdown',
};

/** The format of a file that is no code, by its name, else by what the editor calls its language. */
export function formatOf(path: string, languageId = ''): Format {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (/^\.env(?:\.|$)/.test(name)) return 'env';
  if (/^(?:docker|container)file(?:\.|$)/.test(name)) return 'dockerfile';
  const extension = name.slice(name.lastIndexOf('.') + 1);
  return BY_EXTENSION[extension] ?? BY_LANGUAGE[languageId] ?? 'text';
}

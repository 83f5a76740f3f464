/**
 * What VS Code calls the language of a file that is not open: so that a file is read in the same way whether an
 * editor opened it or not. Only what `grammarForDocument` and `formatOf` do not know by the name alone, from the
 * manifests of the extensions that VS Code comes with.
 */

const BY_EXTENSION: Readonly<Record<string, string>> = {
  ...from('javascript', ['es6', 'pac']),
  ...from('json', ['bowerrc', 'code-profile', 'geojson', 'har', 'ipynb', 'jscsrc', 'jslintrc', 'jsonld']),
  ...from('json', ['tsbuildinfo', 'vuerc']),
  ...from('jsonc', ['babelrc', 'eslintrc', 'hintrc', 'jsfmtrc', 'jshintrc', 'swcrc']),
  ...from('yaml', [
    'cff',
    'eyaml',
    'eyml',
    'winget',
    'yaml-tmlanguage',
    'yaml-tmpreferences',
    'yaml-tmtheme',
  ]),
  ...from('markdown', [
    'litcoffee',
    'markdn',
    'mdown',
    'mdtext',
    'mdtxt',
    'mdwn',
    'mkd',
    'mkdn',
    'ron',
    'ronn',
  ]),
  ...from('markdown', ['workbook']),
  ...from('dockerfile', ['containerfile']),
};

const BY_NAME: Readonly<Record<string, string>> = {
  ...from('javascript', ['jakefile']),
  ...from('json', ['composer.lock', '.watchmanconfig']),
  ...from('jsonc', ['bun.lock', '.ember-cli']),
  ...from('dotenv', ['.flaskenv', 'user-dirs.dirs']),
};

/** Source maps. */
const JSON_ENDING = /\.(?:js|css|ts)\.map$/;

/**
 * The identifier of the language; empty where nothing is known of it.
 *
 * @param path with `/`.
 */
export function languageOfFile(path: string, text: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (JSON_ENDING.test(name)) return 'json';
  const extension = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : '';
  return BY_NAME[name] ?? BY_EXTENSION[extension] ?? languageOfFirstLine(name, text);
}

/** A script whose name says nothing is known by the program that is to run it. */
function languageOfFirstLine(name: string, text: string): string {
  if (!text.startsWith('#!') || name.includes('.')) return '';
  const end = text.indexOf('\n');
  const line = end < 0 ? text : text.slice(0, end);
  if (/\bnode/.test(line)) return 'javascript';
  return /\b(?:deno|bun|ts-node)\b/.test(line) ? 'typescript' : '';
}

function from(language: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, language]));
}

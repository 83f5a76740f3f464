/** What kind of text a file is, by its name: that decides how values are written in it, and what a value means. */

export type FileKind = 'settings' | 'code' | 'markup' | 'document' | 'table' | 'other';

const KINDS: ReadonlyMap<string, FileKind> = new Map([
  ...of(
    'settings',
    'json jsonc json5 yaml yml toml ini cfg conf config cnf env properties props plist tf tfvars hcl',
  ),
  ...of(
    'settings',
    'service socket sentinel rc netrc npmrc pypirc pgpass cf cfn bicep params parameters ovpn kdl',
  ),
  ...of(
    'settings',
    'dev prod test local example sample dist template default production development staging',
  ),
  ...of(
    'code',
    'py pyw rb erb rake php phtml java kt kts scala groovy gradle cs vb fs go rs swift m mm c h cc cpp hpp cxx',
  ),
  ...of(
    'code',
    'pl pm lua r jl ex exs erl hs clj cljs dart ps1 psm1 bat cmd vbs cls trigger sol zig nim pas coffee',
  ),
  ...of(
    'code',
    'js jsx ts tsx mjs cjs mts cts vue svelte astro sh bash zsh fish ksh csh awk sql jsp asp aspx cshtml ipynb pp',
  ),
  ...of(
    'markup',
    'html htm xhtml xml xaml xsd wsdl jinja j2 twig ejs pug hbs mustache ftl liquid svg csproj pom axml',
  ),
  ...of('document', 'md mdx markdown rst adoc asciidoc txt tex org wiki textile log pod man rdoc'),
  ...of('table', 'csv tsv lock sum po pot map patch diff'),
]);

/** Scripts of shells and files of settings have values without quotes. */
const BARE = /^(?:sh|bash|zsh|fish|ksh|csh|bat|cmd)$/;

function of(kind: FileKind, names: string): [string, FileKind][] {
  return names.split(' ').map((name) => [name, kind]);
}

export interface TextKind {
  readonly kind: FileKind;
  /** Whether values may be written without quotes. */
  readonly isBare: boolean;
  /** Whether it is full of checksums and names of packages, or of the words of a language. */
  readonly isNoise: boolean;
  /** Whether it shows how something is done: an example file, a template, documentation. */
  readonly isExample: boolean;
}

export function textKindOf(path: string): TextKind {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const isEnvironment = /^\.env|\.env$|^(?:docker|container)file/.test(name);
  const kind: FileKind = isEnvironment
    ? 'settings'
    : (KINDS.get(extension) ?? (name.startsWith('.') ? 'settings' : 'other'));
  return {
    kind,
    isBare: kind === 'settings' || kind === 'other' || kind === 'document' || BARE.test(extension),
    isNoise: NOISE.test(path.toLowerCase()),
    isExample:
      kind === 'document' ||
      /example|sample|template|\bdocs?\/|\.dist$|(?:^|\/)(?:api-docs|openapi|swagger)/i.test(path),
  };
}

const NOISE =
  /(?:^|\/)(?:package-lock|npm-shrinkwrap|pnpm-lock|composer\.lock|[\w-]+\.lock$|go\.sum|bun\.lock|cargo\.lock)|\.lock\.json$|\.min\.(?:js|css)$|\.(?:map|svg|css|scss|less|patch|diff|po|pot|pbxproj)$|(?:^|\/)(?:locales?|i18n|intl|lang|langs|languages?|translations?)\/|(?:messages|labels|strings|errors)(?:_\w+)?\.properties$/;

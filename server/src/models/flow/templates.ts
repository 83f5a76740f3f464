/** What reads a text as a template. */
import type { Call } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
import { constantString, propertyOf, resolvedValue } from '../../analysis/value';

interface Row {
  readonly modules: string;
  /** Functions that take the template first; none where the module itself is called. */
  readonly functions: string;
  /** The property of the options that is the template. */
  readonly property?: string;
  /** Its templates run no code: what is written into them shows more than it should. */
  readonly isLogicless?: true;
}

/**
 * Sources: the documentation of EJS 3, Pug 3, Handlebars 4, Nunjucks 3, Lodash 4, Underscore 1, doT 1, Eta 3,
 * Squirrelly 9, art-template 4, Swig 1, Twig.js 1, Velocity.js 2, Vash 0.13, Haml.js 0.4, Template7 1, LiquidJS 10,
 * Mustache 4, Hogan.js 3, Dust 3, Vue 2 and 3.
 */
const ROWS: readonly Row[] = [
  { modules: 'ejs', functions: 'render compile' },
  {
    modules: 'pug jade',
    functions: 'render compile compileClient compileClientWithDependenciesTracked',
  },
  {
    modules:
      'handlebars handlebars.create() hbs hbs.handlebars globalThis.Handlebars express-handlebars.create()',
    functions: 'compile precompile',
  },
  {
    modules: 'nunjucks nunjucks.configure() nunjucks.Environment() globalThis.nunjucks',
    functions: 'renderString compile Template precompileString',
  },
  {
    modules:
      'lodash.template lodash/template lodash-es/template lodash-es.template underscore.template globalThis._.template',
    functions: '',
  },
  { modules: 'dot doT globalThis.doT', functions: 'template compile' },
  { modules: 'eta eta.Eta()', functions: 'render renderString renderStringAsync compile' },
  { modules: 'squirrelly', functions: 'render compile' },
  { modules: 'art-template', functions: 'render compile' },
  { modules: 'swig swig-templates', functions: 'render compile precompile' },
  { modules: 'twig', functions: 'twig', property: 'data' },
  { modules: 'velocityjs velocity', functions: 'render parse' },
  { modules: 'vash', functions: 'compile' },
  { modules: 'hamljs haml', functions: 'render compile' },
  { modules: 'template7', functions: 'compile' },
  { modules: 'ect()', functions: 'compile' },
  { modules: 'liquidjs.Liquid()', functions: 'parseAndRender parseAndRenderSync parse', isLogicless: true },
  { modules: 'mustache globalThis.Mustache whiskers', functions: 'render', isLogicless: true },
  { modules: 'hogan.js globalThis.Hogan', functions: 'compile', isLogicless: true },
  { modules: 'dustjs-linkedin dustjs-helpers dust', functions: 'compile renderSource', isLogicless: true },
  { modules: 'vue globalThis.Vue', functions: 'compile' },
  {
    modules: 'vue globalThis.Vue vue.createApp globalThis.Vue.createApp vue.defineComponent',
    functions: '',
    property: 'template',
  },
];

export const TEMPLATES: ReadonlyMap<string, Row> = new Map(
  ROWS.flatMap((row) =>
    row.modules
      .split(' ')
      .flatMap((module) =>
        row.functions.split(' ').map((name) => [name === '' ? module : `${module}.${name}`, row] as const),
      ),
  ),
);

export interface TemplateText {
  readonly text: Node;
  readonly isLogicless: boolean;
}

export function templateIn(call: Call & { readonly name: string }): TemplateText | undefined {
  const row = TEMPLATES.get(call.name);
  const [first] = call.args;
  if (!row || !first || first.kind === 'spread_element') return undefined;
  const options = row.property === undefined ? undefined : resolvedValue(first);
  const text = options ? propertyOf(options, row.property as string) : first;
  if (!text || constantString(text) !== undefined) return undefined;
  return { text, isLogicless: row.isLogicless === true };
}

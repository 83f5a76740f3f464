/** What a template that is written in the code makes of its data: what it shows without escaping it. */
import { NOTHING } from '../../analysis/flow/capability';
import type { Answer } from '../../analysis/flow/flow-model';
import type { Path } from '../../analysis/flow/path';
import { type Call, callAt } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
import { constantString, resolvedValue } from '../../analysis/value';
import { rawOutputsIn } from '../html/template-outputs';

interface Row {
  /** Canonical names, with blanks between; with `()` at the end, of what a template was compiled with. */
  readonly names: string;
  /** Whose form of templates it is, by an extension of files. */
  readonly form: string;
}

/** Sources: the documentation of EJS 3, Handlebars 4, Mustache 4, Hogan 3, Pug 3, Nunjucks 3, Lodash 4. */
const ROWS: readonly Row[] = [
  { names: 'ejs.render ejs.compile()', form: 'ejs' },
  { names: 'mustache.render handlebars.compile() hogan.js.compile().render', form: 'hbs' },
  { names: 'pug.render pug.compile() jade.render jade.compile()', form: 'pug' },
  { names: 'nunjucks.renderString', form: 'njk' },
  { names: 'lodash.template() lodash/template() underscore.template()', form: 'lodash' },
];
const FORMS: ReadonlyMap<string, string> = new Map(
  ROWS.flatMap(({ names, form }) => names.split(' ').map((name) => [name, form] as const)),
);
const OF_LODASH = /<%=([^%]{1,300})%>/g;

/** The result holds one field of the data as it is; undefined where it holds none, or nobody can tell. */
export function renderedAnswer(call: Call): { answer: Answer; inside: Path } | undefined {
  const form = call.name === undefined ? undefined : FORMS.get(call.name);
  if (form === undefined) return undefined;
  const compiled = call.name?.endsWith('()') ? callAt(resolvedValue(call.callee)) : undefined;
  const template = (compiled ?? call).args[0];
  const text = template && constantString(template);
  const [name, ...others] = text === undefined ? [] : rawNames(text, form);
  if (name === undefined || others.length > 0) return undefined;
  const answer: Answer = { from: [{ of: compiled ? 0 : 1, as: 'same' }], clean: NOTHING };
  return { answer, inside: [name] };
}

function rawNames(text: string, form: string): readonly string[] {
  const values =
    form === 'lodash'
      ? [...text.matchAll(OF_LODASH)].map((found) => (found[1] ?? '').trim())
      : [...rawOutputsIn(`a.${form}`, text)].map(({ value }) => value);
  return [...new Set(values.map((value) => /^[A-Za-z_$][\w$]*/.exec(value)?.[0] ?? ''))];
}

/** Whether an expression is a call of one of these. */
export function isRendering(expression: Node): boolean {
  return FORMS.has(callAt(resolvedValue(expression))?.name ?? '');
}

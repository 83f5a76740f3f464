/** `extends`: which files a configuration builds on, by their names. */
import type { Extended } from './configuration';
import type { NodeReader, Place } from './node-reader';

/** `./shared.json`, `../.countersignrc.json` */
const RELATIVE = /^\.\.?\/[^\\?#%]*\.json$/;
/** `name`, `@scope/name`, `name/strict.json`; no way upwards in it. */
const OF_PACKAGE =
  /^((?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*)(?:\/((?:(?!\.{1,2}\/)[^\\?#%/]+\/)*[^\\?#%/]*\.json))?$/;

/** What a name in `extends` looks like, as source of a regular expression; whether there is such a file is another matter. */
export const EXTENDED_NAME = `${RELATIVE.source}|${OF_PACKAGE.source}`;

/** What is taken of a package when no file of it is named. */
export const FILE_OF_PACKAGE = 'countersign.json';

const LONGEST = 500;

/** Where the file of a name is looked for. */
export type ExtendedName = { readonly path: string } | { readonly package: string; readonly file: string };

/** Undefined for what is no name of a file to extend. */
export function parseExtendedName(name: string): ExtendedName | undefined {
  if (name.length > LONGEST) return undefined;
  if (RELATIVE.test(name)) return { path: name };
  const [, packageName, file = FILE_OF_PACKAGE] = OF_PACKAGE.exec(name) ?? [];
  return packageName === undefined ? undefined : { package: packageName, file };
}

export function readExtended(reader: NodeReader, place: Place): Extended[] {
  const message =
    'Nothing is extended by this. Write a JSON file of the workspace, `"./shared.json"`, or a package.';
  return reader
    .stringsOf(place, () => message)
    .flatMap(({ text, ...each }) => {
      const { offset, length } = each.node;
      if (parseExtendedName(text)) return [{ name: text, start: offset, end: offset + length }];
      reader.report(each, () => message);
      return [];
    });
}

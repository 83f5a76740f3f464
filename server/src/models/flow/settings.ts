/** What a caller gives once and for all, unlike what comes with each call. */
import type { Flow } from '../../analysis/flow/flow';
import type { Node } from '../../analysis/node';

const SETTINGS =
  /^\(?(?:this\.)?_?(?:config|configuration|conf|env|environment|settings?|defaults?|opts?|options|params?|base_?ur[li])\b/i;

/** `connectionSettings.host` */
const NAMED_SETTINGS = /(?:Config|Settings?|Options)\b/;

/** `options.host`, `client.config.baseUrl`: who sets up a package decides on it, and no stranger. */
export function isSetting({ from, path }: Flow): boolean {
  return (
    [from.text, ...path].some((step) => SETTINGS.test(step) || NAMED_SETTINGS.test(step)) ||
    isOfConstructor(from)
  );
}

/** What a class is made with. */
function isOfConstructor(from: Node): boolean {
  const fn = from.enclosingFunction;
  return fn?.kind === 'method_definition' && fn.child('name')?.text === 'constructor';
}

/** What a caller gives once and for all, unlike what comes with each call. */
import type { Flow } from '../../analysis/flow/flow';

const SETTINGS =
  /^\(?(?:this\.)?_?(?:config|configuration|conf|env|environment|settings?|defaults?|opts?|options|params?|base_?ur[li])\b/i;

/** `options.host`, `client.config.baseUrl`: who sets up a package decides on it, and no stranger. */
export function isSetting({ from, path }: Flow): boolean {
  return SETTINGS.test(from.text) || path.some((step) => SETTINGS.test(step));
}

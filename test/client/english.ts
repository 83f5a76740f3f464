import type { Translate } from '../../client/src/translate';

/** Fills in the arguments as the editor does when it speaks English. */
export const english: Translate = (message, ...args) =>
  message.replace(/\{(\d+)\}/g, (_, index) => String(args[Number(index)]));

/** Where in a text of HTML a value stands. */

/** Attributes whose value is more than text. */
const SPEAKING = /(?:^|[\s"'])(?:href|src|srcdoc|srcset|action|formaction|style|data|on\w+)\s*=\s*$/i;

/**
 * Whether what follows a text is shown as text when it is escaped: between tags, or in quotes as an attribute that is
 * no address and no code.
 */
export function isTextPlace(before: string): boolean {
  if (/<(script|style|textarea|title)\b(?:(?!<\/\1)[\s\S])*$/i.test(before.slice(-2000))) return false;
  const tag = before.slice(before.lastIndexOf('<'));
  if (!before.includes('<') || tag.includes('>')) return true;
  const [, ahead] = /^([^"']*(?:(?:"[^"]*"|'[^']*')[^"']*)*)(?:"[^"]*|'[^']*)$/.exec(tag) ?? [];
  return ahead !== undefined && /=\s*$/.test(ahead) && !SPEAKING.test(ahead);
}

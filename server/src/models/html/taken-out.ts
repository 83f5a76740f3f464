/** What programs take out of a text to make it harmless, and of which the rest forms the same anew. */
import type { Confidence } from '../../analysis/finding';

interface Form {
  readonly form: RegExp;
  readonly confidence: Confidence;
  /** A text of which the very thing is left. */
  readonly shown: string;
}

/** Signs of several characters that form anew when one inside of them is taken out. */
const TAGS: readonly Form[] = [
  {
    form: /<\\?\/?\\?s?\(?script|<\[?\^?\\?\/?\]?\??script/i,
    confidence: 'high',
    shown: '<scr<script></script>ipt>',
  },
  {
    form: /^\(?(?:\?:)?(?:\\\.){2}\\?\/\)?\+?$|^\(?(?:\\\.){2}\(?[\\/|[\]]+\)?\)?$|^\.\.\/$/,
    confidence: 'high',
    shown: '....//',
  },
  { form: /javascript:|vbscript:/i, confidence: 'high', shown: 'javajavascript:script:' },
  { form: /\bon\\w|\bon\[a-z/i, confidence: 'high', shown: 'oonclick=nclick=' },
  // `<!-- START: news -->` is a mark of the program's own.
  { form: /^<!--(?!-->|(?: |\\s[*+]?)*[A-Za-z@#])/, confidence: 'medium', shown: '<!<!---->--' },
  { form: /^<\\?\/?\??(?:\[\^<>\]|\(\?:?\[?\^|\[\\?\/?a-z)/i, confidence: 'medium', shown: '<<b>script>' },
  {
    form: /^<(?:\\?\/\??)?\(?(?:\?:)?(?:iframe|object|embed|svg|math|style|link|base|img)\b/i,
    confidence: 'medium',
    shown: '<if<iframe>rame>',
  },
  { form: /^<\\?\/?\??\(?(?:\\?\/\??)?\\[wS]/, confidence: 'medium', shown: '<<b>script>' },
];
/** From the first `<` to the first `>`: no whole tag is left, but an open one may be. */
const WHOLE_TAGS = /^<\??(?:\[\^>\]|\.)[*+]\??>$/;

/** @param text what is taken out, wherever it stands: a text, or the source of a pattern without `\\/`. */
export function formTakenOut(text: string): Form | 'open tags' | undefined {
  return WHOLE_TAGS.test(text) ? 'open tags' : TAGS.find(({ form }) => form.test(text));
}

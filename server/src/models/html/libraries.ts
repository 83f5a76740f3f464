/** What libraries and names say about a string of HTML: that it is clean, or that nobody looked at it. */

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/));
}

/**
 * Functions whose answer has no markup but harmless one: sanitisers, functions that escape, and renderers that
 * escape what they are given. Source: the documentation of each.
 */
export const CLEANING: readonly string[] = [
  'dompurify.sanitize',
  'dompurify().sanitize',
  'dompurify.DOMPurify().sanitize',
  'isomorphic-dompurify.sanitize',
  'isomorphic-dompurify.DOMPurify.sanitize',
  'sanitize-html',
  'xss',
  'xss.filterXSS',
  'xss.FilterXSS().process',
  'insane',
  'escape-html',
  'html-escaper.escape',
  'html-entities.encode',
  'he.encode',
  'he.escape',
  'entities.escapeUTF8',
  'entities.escape',
  'entities.encode',
  'entities.encodeHTML',
  'validator.escape',
  'lodash.escape',
  'lodash/escape',
  'lodash-es.escape',
  'react-dom/server.renderToString',
  'react-dom/server.renderToStaticMarkup',
  '@react-email/render.render',
  '@react-email/components.render',
  'katex.renderToString',
  'shiki.codeToHtml',
  'shiki.createHighlighter().codeToHtml',
  'shiki.getHighlighter().codeToHtml',
  'highlight.js.highlight',
  'highlight.js.highlightAuto',
  'highlight.js/lib/core.highlight',
  'lowlight.highlight',
  'prismjs.highlight',
  'uqr.renderSVG',
  'mermaid.render',
  'globalThis.encodeURIComponent',
  'globalThis.Number',
  'globalThis.parseInt',
];

/** Methods with names that nothing else has, whichever instance they are called on. */
export const CLEANING_METHODS = set('codeToHtml codeToTokens renderToString renderToStaticMarkup');

/** Renderers of Markdown that leave HTML in it as it is. Source: their documentation. */
export const RAW_RENDERERS: readonly string[] = [
  'marked',
  'marked.parse',
  'marked.marked',
  'marked.marked.parse',
  'marked.parseInline',
  'marked.marked.parseInline',
  'marked.Marked().parse',
  'showdown.Converter().makeHtml',
  'snarkdown',
  'markdown.markdown.toHTML',
];

/** Renderers of Markdown that escape HTML unless this option says otherwise. */
export const CAREFUL_RENDERERS: ReadonlyMap<string, string> = new Map([
  ['markdown-it().render', 'html'],
  ['markdown-it().renderInline', 'html'],
  ['markdown-it.MarkdownIt().render', 'html'],
  ['micromark.micromark', 'allowDangerousHtml'],
  ['micromark', 'allowDangerousHtml'],
]);

/** Words of names that say that somebody cleaned the value, or made it out of harmless parts. */
export const CLEAN_WORDS = set(
  'sanitize sanitized sanitizer sanitise sanitised purify purified escape escaped encode encoded safe clean cleaned xss trusted highlight highlighted highlighter strip stripped katex nonce',
);
/** Words of names of markup that is made by programs as a rule. */
export const DRAWN_WORDS = set('svg icon icons qr qrcode diagram mermaid logo');
/** Words of names of what is markup already, or cannot hold any, unlike a text. */
export const NO_TEXT = set(
  'html markup body content inner template css style styles class classes color colour width height size count index id ids length total number num page url src href date time year price amount level rows cells items list children',
);
/** Words of names of texts that people write. */
export const PEOPLE_WRITE = set(
  'text title name message msg comment comments description bio author username nickname user email subject note notes query term search keyword city address reply review feedback post question answer caption summary input task todo query body content',
);
/** Functions that answer a text of the program's own in the user's language. */
export const TRANSLATING = set('t translate formatMessage gettext $t i18n __');

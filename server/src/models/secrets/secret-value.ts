/** What a value beside the name of a secret is: made by a machine, thought of by a person, or no secret at all. */
import { wordsOf } from '../../analysis/words';
import { entropyOf, oddness } from './likely-word';

/**
 * `random` as machines make them, `chosen` as people think of them, `plain` a word or a number that only its name
 * makes a secret.
 */
export type ValueLook = 'random' | 'chosen' | 'plain';

/** What is put in later, by a template, a shell, a program, or somebody else. */
const REFERENCE =
  /^[A-Z_][A-Z\d_]*=[\w./-]+:(?:latest|\d+)$|^[<[{|>]|^#\/|\\u[\da-f]{4}|^[a-z_]+(?::[\w,]+)?(?:\|[a-z_]+(?::[\w,.]+)?)+$|^pk_(?:test|live)_|^\${1,2}\{?[A-Za-z_][\w:.]*\}?$|[$#%@]\{|\{\{|\}\}|<%|\$\(|\{\d*\}|\{[a-z_][\w.]*\}|^%[A-Za-z_]\w*%?$|%[sdv](?:$|\W)|^__\w+__$|^@[\w.]+@?$|^(?:ENC\[|ENC\(|vault:|op:\/\/|arn:|sm:\/\/|keyring:|env[:.(]|file:|ref\+|secretsmanager:|encrypted:|AQICA|base64decode)|^(?:process|os|env|ENV|var|local|data|module|secrets|self|this|config|options|params|request|req|args|settings|import|System)[.[(]|\w\(|\)$|^<.*>$|=>/;

/** What says that it stands for another value. */
const STANDS_FOR =
  /change[-_ .]?(?:me|this|it|in)|^use[-_ ]|should[-_ ]|^(?:wrong|some|any|other|new|old|the|a|an|in?valid|incorrect|correct|bad|different|not|no|hashed|encrypted)[-_]?(?:password|passwd|pass|pwd|secret|token|key|credential)|invalid|test[-_]?(?:api|key|token|secret)|random[-_]?(?:string|key|secret)|string[-_]?of|^changeit|(?:^|[^a-z])(?:your?|you)[-_ ]|^your[A-Z]|^my[-_ ]?(?:own)?[-_ ]?(?:secret|password|passwd|pass|pwd|token|key|api[-_]?key)s?$|replace|insert|enter[-_]|example|sample|dummy|fake|mock|todo|fixme|placeholder|redact|mask|hidden|obfuscat|\*{3}|x{4}|^x+$|\.{3}|…|_here$|-here$|here[>\]]$|not[-_ ]?(?:set|used|needed|required|configured|provided|found|available|supplied|real|a[-_])|^un(?:set|used|known)|^<|some[-_](?:pass|secret|token|key)|fill[-_ ]|to[-_]be[-_]|^tbd$|generate[-_d]|lorem|deadbeef|^(.)\1+$|(.)\2{7}|^(?:foo|bar|baz|qux)+$|^(?:abc|xyz)(?:123)?$|^0?123456789(?:0|abc)|^sk-(?:1234567890|123abc)|^test[-_]?(?:pass|api[-_]?key)|[-_ ]please(?:[-_ ]|$)|^please[-_ ]|^abcdef|^0123456789/i;

/** Words of labels, of types, of validators, of states: alone or put together they are no secret. */
const LABELS: ReadonlySet<string> = new Set(
  (
    'a the an x is in of on to for no not my our new old current confirm confirmation repeat again forgot forgotten reset change changed update updated ' +
    'password passwords passwd pwd pass passphrase passcode secret secrets token tokens key keys api access refresh auth authorization authentication ' +
    'authenticated authenticate bearer basic digest jwt oauth oauth2 id hash hashed salt salted plain encrypted encoded encode credential credentials client user users username name email login logout account ' +
    'value values string str number integer boolean object array text field fields input output label type header headers param params query body form page view title message msg error errors ' +
    'required require optional nullable confirmed hidden invalid valid validate wrong bad incorrect correct missing empty blank none null nil undefined true false yes off default auto any all other ' +
    'test tests testing test1 random public private session cookie csrf xsrf code file path url uri host http https json xml yaml env config configuration settings setting store storage service ' +
    'manager provider handler admin role permission policy scope grant app application server expired expires expire pending success successful successfully failed failure fail used unused reuse match mismatch matching ' +
    'min max length size count limit and or with without by from at as be must should will can please set get put post delete create created remove add show hide view edit ' +
    'display print send sent verify verified verification check checked link button icon column row table index self same origin include omit webhook master sign signing signature'
  ).split(' '),
);

/** Names of users that are passwords again and again, and what everybody tries first. */
const USUAL =
  /^(?:admin|administrator|root|toor|guest|sa|user|test|demo|system|manager|postgres|mysql|mariadb|oracle|mongo|redis|rabbitmq|minioadmin|super-?secret\w*|top-?secret|letmein|qwerty|iloveyou|welcome|secret)$/i;

const UUID = /^\{?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\}?$/i;
const PATH_OR_URL =
  /^(?:~|\.{1,2})?[\\/](?!.*[+=])|^[a-z][a-z\d+.-]*:\/\/|^[A-Za-z]:\\|^[\w.-]+(?:\/[\w.-]+)+\.\w{1,5}$/i;
const FILE =
  /\.(?:json|pem|key|crt|cer|p12|pfx|jks|txt|env|ya?ml|xml|html?|php|js|ts|py|rb|java|properties|conf|cfg|ini|svg|png|css|md|sh|log|keystore|pub)$/i;
const NUMBER_OR_TIME =
  /^(?:v?\d+(?:\.\d+)+(?:[-+.\w]*)?|[~^]?\d+\.\d+[\w.-]*|#[\da-f]{3,8}|\d{1,2}:\d\d(?::\d\d)?|\d{4}-\d\d-\d\d.*|\d+(?:px|ms|s|m|h|d|kb|mb|gb|%|em|rem))$/i;
/** `app.password.label`, `com.example.Secret`, `auth:token`, `Some::Module`. */
const DOTTED = /^[A-Za-z_$][\w$]*(?:(?:\.|::|->|:)[\w$][\w$-]*)+$/;
const WITHIN = /[()\s]|^[^\p{L}\d]*$|[^\x20-\x7e]|^[^@\s]+@[\w-]+(?:\.[\w-]+)+$/u;

/** `newPassword: String!` */
const GRAPHQL_TYPE = /^\[?(?:String|ID|Int|Float|Boolean)!?\]?!?$/;

/** @param name the name beside it, whose own words say nothing. */
export function lookOfValue(text: string, name: string): ValueLook | undefined {
  if (text.length < 4 || text.length > 500) return undefined;
  if (isLineNoise(text)) return 'random';
  if (WITHIN.test(text) || REFERENCE.test(text) || GRAPHQL_TYPE.test(text)) return undefined;
  if (STANDS_FOR.test(text) || UUID.test(text) || NUMBER_OR_TIME.test(text)) return undefined;
  if (FILE.test(text) || (PATH_OR_URL.test(text) && !(/(?:\d.*){3}/.test(text) && isMadeByMachine(text))))
    return undefined;
  if (/^\d+$/.test(text)) return text.length >= 4 ? 'plain' : undefined;
  if (isMadeByMachine(text)) return 'random';
  if (DOTTED.test(text)) return undefined;
  if (USUAL.test(text)) return 'plain';
  const own = wordsOf(name);
  const words = wordsOf(text);
  const isLabel = words.every((word) => own.includes(word) || LABELS.has(word));
  if (isLabel && /(?:\d\D*){3}/.test(text)) return 'chosen';
  if (isLabel && !/^[A-Za-z]+[@#]?\d{2,}[!@#$%*.]?$|^[A-Za-z]+\d*[!@#$%]$/.test(text)) return undefined;
  if (isChosen(text)) return 'chosen';
  return /^[a-z]+$|^[a-z]{3,}(?:[-_][a-z]+)*$/.test(text) ? 'plain' : undefined;
}

/** Keys and tokens: long, and of characters as chance has it. */
function isMadeByMachine(text: string): boolean {
  if (/^[\da-f]+$/i.test(text)) {
    const isMixed = /\d/.test(text) && /[a-f]/i.test(text);
    return text.length >= 16 && isMixed && entropyOf(text) >= 2.8;
  }
  if (!/^[\w+/=.~!@#$%^&*:;?|,<>[\]{}'"`\\-]+$/.test(text)) return false;
  if (text.length < 10 || new Set(text).size < 7) return false;
  const sorts = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((sort) => sort.test(text)).length;
  const odd = oddness(text);
  const digits = text.replace(/\D/g, '').length;
  const isTurning = (text.match(/[a-z][A-Z\d]|\d[A-Za-z]/g) ?? []).length >= text.length / 6;
  if (text.length >= 16 && sorts >= 2 && digits >= 2 && isTurning && entropyOf(text) >= 3.3)
    return odd >= 0.15;
  if (text.length >= 24 && sorts >= 3 && entropyOf(text) >= 4) return odd >= 0.2;
  return odd >= 0.3 && (digits > 0 || sorts >= 3 || odd >= 0.4);
}

/** Of all signs there are, as the keys of some frameworks: no reference to anything looks so. */
function isLineNoise(text: string): boolean {
  if (text.length < 20 || /[\s]|[^\x20-\x7e]|\$\{|\{\{|\}\}|<%|\$\([^)]*\)/.test(text)) return false;
  const signs = text.match(/[^A-Za-z\d]/g) ?? [];
  return (
    new Set(signs).size >= 6 && signs.length < text.length / 2 && /\d/.test(text) && oddness(text) >= 0.25
  );
}

/** Passwords as people think of them: letters with digits or signs in them, or letters that make no words. */
function isChosen(text: string): boolean {
  const hasDigit = /\d/.test(text);
  const hasLetter = /[A-Za-z]/.test(text);
  if (!hasLetter || text.length < 5) return false;
  if (/[!@#$%^&*?~+]/.test(text) && /[A-Za-z\d]{3}/.test(text)) return true;
  // `step1`, `SHA256`, `utf8`: a word with its number is a name.
  if (hasDigit && /^[A-Za-z]+[-_]?\d{1,2}$/.test(text) && oddness(text) < 0.3)
    return text.length >= 9 && /[-_]?\d\d$/.test(text);
  if (hasDigit)
    return (
      !/^[A-Z\d]+(?:_[A-Z\d]+)+$/.test(text) &&
      !/^(?:sha|md|aes|rsa|hs|rs|es|utf|base|oauth|http|ipv?)-?\d+$/i.test(text)
    );
  return text.length >= 6 && oddness(text) >= 0.35;
}

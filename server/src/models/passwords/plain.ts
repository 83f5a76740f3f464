/** Passwords as somebody typed them, and files in which something hashes them. */
import { callAt } from '../../analysis/item-facts';
import { FUNCTION_KINDS } from '../../analysis/kind';
import { propertyName, unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { assignedValues } from '../../analysis/results';
import type { SourceFile } from '../../analysis/source-file';
import { resolvedValue } from '../../analysis/value';
import { isPlainPasswordName } from '../crypto/passwords';
import { codeText } from '../web/code-text';

/** Whether anything in a file speaks of hashes: then it may hash passwords where nobody can see it. */
export function isHashing(file: SourceFile): boolean {
  return file.ofWholeFile('hashes passwords', () => {
    const text = codeText(file);
    return HASHING.test(text) || PROVIDER.test(text);
  });
}

const HASHING =
  /bcrypt|argon2|scrypt|pbkdf2|hash|passport-local-mongoose|encrypt|sha256|sha512|\bmd5\b|(?:compare|verify|check|valid\w*|match\w*)_?password/i;
/** Somebody else keeps the passwords. */
const PROVIDER = /\.auth\.signUp|createUserWithEmail|signInWithPassword|cognito|auth0|clerk/;

/** Whether a name is that of a password as somebody types it. */
export function isTypedPasswordName(name: string): boolean {
  return isPlainPasswordName(name) && !/hash|crypt|stored|db/i.test(name);
}

/** Calls that say the same. */
const SAME = /^(?:String|trim|toString|escape|decodeURIComponent)$/;

/** What a request or a form hands in, whatever it is called. */
const HANDED_IN =
  /^(?:req|request|ctx|context|c|event|body|params|query|input|args|data|dto|payload|form|fields|values|credentials|creds|info|\w*(?:Dto|Input|Data|Body|Payload|Info|Request|Params))$/;

/** Whether an expression is a password that somebody handed in: `req.body.password`, or a variable or parameter of it. */
export function isTypedPassword(expression: Node): boolean {
  const node = unwrap(expression);
  if (node.kind === 'call_expression') {
    // Not a hash of it, or what somebody else answers.
    const call = callAt(node);
    const name = call?.method ?? call?.callee.text.slice(0, 30) ?? '';
    if (!call || !SAME.test(name)) return false;
    const inner = name === 'trim' || name === 'toString' ? call.callee.child('object') : call.args[0];
    return inner !== undefined && isTypedPassword(inner);
  }
  const own = node.child('property') ?? node.child('index') ?? node;
  const name = propertyName(own);
  const value = node.kind === 'identifier' ? resolvedValue(node) : node;
  if (!value.is(node) && value.kind !== 'identifier') return isTypedPassword(value);
  if (name === undefined || !isTypedPasswordName(name)) return false;
  if (node.kind === 'member_expression' || node.kind === 'subscript_expression') return isHandedIn(node);
  if (node.kind !== 'identifier' && node.kind !== 'shorthand_property_identifier') return false;
  return isTypedVariable(node);
}

/** `req.body.password`, `data.password` */
export function isHandedIn(member: Node): boolean {
  let root = member;
  for (let object = root.child('object'); object; object = root.child('object')) root = object;
  const value = resolvedValue(root);
  const name = root.kind === 'this' ? '' : root.text.slice(0, 40);
  if (/\b(?:body|query)\b/.test(member.text.slice(0, 80))) return true;
  if (!HANDED_IN.test(name)) return false;
  return value.is(root) || /\b(?:body|query)\b/.test(value.text.slice(0, 80));
}

function isTypedVariable(use: Node): boolean {
  const { file } = use.item;
  const declaration = file.lookUp(use.text, use);
  if (!declaration) return true;
  const declared = file.nodeOf(declaration);
  const values = assignedValues(declaration, use);
  if (values.length > 0) return values.every((value) => !value.is(use) && isTypedPassword(value));
  for (const outer of declared.ancestors()) {
    if (outer.kind === 'variable_declarator') {
      // `const { password } = req.body`
      const value = outer.child('value');
      return (
        value !== undefined &&
        /\b(?:body|query|input|args|data|dto|payload|credentials|request)\b/i.test(value.text.slice(0, 80))
      );
    }
    if (outer.kind === 'formal_parameters') return true;
    if (FUNCTION_KINDS.has(outer.kind) || /statement/.test(outer.kind)) break;
  }
  return declared.parent?.kind === 'arrow_function';
}

/** Calls that are known to answer a promise. */
import { callAt } from './item-facts';
import { FUNCTION_KINDS } from './kind';
import { canonicalName } from './name';
import type { Node } from './node';
import { resolvedValue } from './value';

/** Functions that check something and answer later. Sources: the documentation of these packages. */
const ASYNCHRONOUS: ReadonlySet<string> = new Set([
  'argon2.verify',
  '@node-rs/argon2.verify',
  'jose.jwtVerify',
  'hono/jwt.verify',
  'next-auth.getServerSession',
  'next-auth/next.getServerSession',
  'next-auth/jwt.getToken',
  '@clerk/nextjs/server.currentUser',
]);
/** These answer later only without a callback. */
const WITH_CALLBACK: ReadonlySet<string> = new Set([
  'bcrypt.compare',
  'bcryptjs.compare',
  '@node-rs/bcrypt.compare',
]);

export function isPromise(expression: Node): boolean {
  const call = expression.kind === 'call_expression' ? callAt(expression) : undefined;
  if (!call) return false;
  if (call.name !== undefined && ASYNCHRONOUS.has(call.name)) return true;
  if (call.name !== undefined && WITH_CALLBACK.has(call.name)) return call.args.length === 2;
  const fn = functionOf(call.callee);
  return fn?.hasKeyword('async') === true && fn.kind !== 'generator_function_declaration';
}

/** The function of this file that a name stands for. */
export function functionOf(callee: Node): Node | undefined {
  const value = resolvedValue(callee);
  if (FUNCTION_KINDS.has(value.kind)) return value;
  if (value.kind !== 'identifier' || canonicalName(value) !== undefined) return undefined;
  const { file } = value.item;
  const declaration = file.lookUp(value.text, value);
  const declared = declaration && file.nodeOf(declaration).parent;
  return declared && FUNCTION_KINDS.has(declared.kind) && file.nodeOf(declaration).field === 'name'
    ? declared
    : undefined;
}

import type { Confidence, Report } from '../../analysis/finding';
import { type Call, callAt, type ItemFacts } from '../../analysis/item-facts';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { functionOf } from '../../analysis/results';
import type { Rule } from '../../analysis/rule';
import type { SourceFile } from '../../analysis/source-file';
import { constantString, pairOf, resolvedValue } from '../../analysis/value';
import { codeText } from '../../models/web/code-text';

const STORAGES: ReadonlySet<string> = new Set(['multer.diskStorage']);
const UPLOADS: ReadonlySet<string> = new Set(['multer', 'multer.default']);
const MOVED: CallTest = { method: new Set(['mv']) };

const NAMED =
  'The client chooses the name of the file, and so what kind it is and what it replaces. Make a name of your own, with an ending from a list.';
const SERVED =
  'Any file can be put where it is served: a page with scripts as well. Check the type in `fileFilter`, and store files outside of what is served.';
const ANY = 'Files of any type and size are taken. Set `fileFilter` and `limits`.';

/** What says that types are looked at. */
const CHECKED =
  /fileFilter|mime_?type|magic|file-?type|\bextname\b[^;]*(?:includes|has|test|===|match|indexOf)|(?:allowed|accepted|valid)_?(?:types|ext|mime|formats)|\.(?:jpe?g|png|gif|pdf)\b[^;]*(?:test|match|includes)/i;

export const uploadUnchecked: Rule = {
  id: 'file/upload-unchecked',
  title: 'Files are taken from clients without a look at their type or name',
  severity: 'warning',
  aiSeverity: 'warning',
  confidence: 'medium',
  cwe: ['CWE-434', 'CWE-770'],
  owasp: ['A06:2025'],
  fixable: false,

  *check(facts) {
    for (const { args } of facts.callsTo(STORAGES)) {
      const options = args[0] && resolvedValue(args[0]);
      const given = options && pairOf(options, 'filename')?.value;
      const fn = given && functionOf(given);
      const name = fn && originalName(fn);
      if (name && !isChecked(facts.file)) yield { at: name, message: NAMED };
    }
    for (const call of facts.callsTo(UPLOADS)) {
      const report = reportOf(call, facts.file);
      if (report) yield report;
    }
    yield* moved(facts);
  },
};

/** Whether anything in the file looks at types. */
function isChecked(file: SourceFile): boolean {
  return file.ofWholeFile('looks at types of files', () => CHECKED.test(codeText(file)));
}

/** `cb(null, file.originalname)`, `cb(null, stamp + '-' + file.originalname)`: the ending is the client's. */
function originalName(fn: Node): Node | undefined {
  for (const node of fn.walk()) {
    if (node.kind !== 'member_expression' || node.child('property')?.text !== 'originalname') continue;
    if (isCleaned(node)) return undefined;
    return node;
  }
  return undefined;
}

function isCleaned(node: Node): boolean {
  const member = node.parent?.kind === 'member_expression' ? node.parent : undefined;
  if (member && /^(?:replace|replaceAll|match|endsWith)$/.test(member.child('property')?.text ?? ''))
    return true;
  const call =
    node.parent?.kind === 'arguments' && node.parent.parent ? callAt(node.parent.parent) : undefined;
  return call !== undefined && /sanitize|clean|slug|safe|hash|valid|check/i.test(call.callee.text);
}

/** `multer({ dest: 'public/uploads' })` and `multer({ storage })`, without a filter. */
function reportOf(call: Call, file: SourceFile): Report | undefined {
  const [given] = call.args;
  const options = given && resolvedValue(given);
  if (options && (options.kind !== 'object' || options.parts.some(({ kind }) => kind === 'spread_element')))
    return undefined;
  if ((options && pairOf(options, 'fileFilter')) || isChecked(file)) return undefined;
  const folder = options && pairOf(options, 'dest')?.value;
  const isServed =
    folder !== undefined &&
    /(?:^|\/)(?:public|static|www|htdocs|assets|dist)(?:\/|$)/.test(constantString(folder) ?? '');
  if (isServed) return { at: folder, message: SERVED };
  const isLimited = options !== undefined && pairOf(options, 'limits') !== undefined;
  const isKept = folder !== undefined || (options && isOnDisk(options));
  const confidence: Confidence = isKept && !isLimited ? 'medium' : 'low';
  return options && confidence === 'medium' ? { at: call.callee, message: ANY, confidence } : undefined;
}

/** Whether files go to a folder; where their names are told, that is enough. */
function isOnDisk(options: Node): boolean {
  const given = pairOf(options, 'storage')?.value;
  const storage = given && callAt(resolvedValue(given));
  if (!storage || !STORAGES.has(storage.name ?? '')) return false;
  const settings = storage.args[0] && resolvedValue(storage.args[0]);
  const named = settings && pairOf(settings, 'filename')?.value;
  const fn = named && functionOf(named);
  return !(fn && originalName(fn));
}

/** `req.files.photo.mv('./uploads/' + req.files.photo.name)`, as express-fileupload has it. */
function* moved(facts: ItemFacts): Generator<Report> {
  for (const { args } of facts.callsOf(MOVED)) {
    if (!args[0]) continue;
    const path = resolvedValue(args[0]);
    const name = [...path.walkOwn()].find(isNameOfUpload);
    if (name && !isChecked(facts.file)) yield { at: name, message: NAMED };
  }
  for (const { args } of facts.callsTo(STORING)) {
    const names = args.slice(0, 2).flatMap((path) => [...resolvedValue(path).walkOwn()]);
    const name = names.find(isNameOfUpload);
    if (name && !isChecked(facts.file)) yield { at: name, message: NAMED };
  }
}

const STORING: ReadonlySet<string> = new Set(
  [
    'rename',
    'renameSync',
    'copyFile',
    'copyFileSync',
    'writeFile',
    'writeFileSync',
    'createWriteStream',
  ].flatMap((name) => [`fs.${name}`, `fs/promises.${name}`, `fs.promises.${name}`, `fs-extra.${name}`]),
);

/** `file.name` of an uploaded file. */
function isNameOfUpload(node: Node): boolean {
  if (
    node.kind !== 'member_expression' ||
    !/^(?:name|original(?:F|f)ilename|originalname)$/.test(node.child('property')?.text ?? '')
  )
    return false;
  const object = node.child('object');
  return (
    object !== undefined &&
    (/files\b|req\w*\.file\b/i.test(object.text) || /files\b/i.test(resolvedValue(object).text)) &&
    !isCleaned(node)
  );
}

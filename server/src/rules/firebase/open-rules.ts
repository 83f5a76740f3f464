import type { Confidence } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import type { Rule, TextReport } from '../../analysis/rule';
import type { TextFile } from '../../analysis/text-file';
import { type Allowance, allowancesIn } from '../../models/firebase/security-rules';
import { namesPrivateRecords } from '../../models/private-records';

export const openRules: Rule = {
  id: 'firebase/open-rules',
  title: 'Rules of Firebase let everybody in',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-732', 'CWE-284', 'CWE-862'],
  owasp: ['A01:2025'],
  fixable: true,

  *checkText(file) {
    if (file.format === 'json') {
      if (/"\.(?:read|write)"/.test(file.text)) yield* databaseReports(file);
      return;
    }
    if (!/\ballow\b/.test(file.text)) return;
    for (const allowance of allowancesIn(file.text)) {
      const report = reportOf(allowance);
      // A document may show what not to do.
      if (report) yield file.format === 'markdown' ? { ...report, confidence: 'medium' } : report;
    }
  },
};

const READING = /^(?:read|get|list)$/;

function reportOf(allowance: Allowance): TextReport | undefined {
  const { at, methods, condition, paths } = allowance;
  const path = paths.at(-1) ?? '';
  const writes = methods.some((method) => !READING.test(method));
  const isAll = path.includes('=**');
  const openness = opennessOf(condition?.text);
  if (!openness) return undefined;
  const confidence = confidenceOf(openness, writes, isAll, path);
  if (!confidence) return undefined;
  const does = writes ? (methods.some(isReading) ? 'read and write' : 'write') : 'read';
  const who =
    openness === 'signed in'
      ? 'Whoever signs up'
      : openness === 'dated'
        ? 'Until that day everybody'
        : 'Everybody';
  return {
    at: condition ?? at,
    message: `${who} may ${does} \`${path}\`. Let in the owner alone, by \`request.auth.uid\`.`,
    confidence,
    keys: [...paths, methods.join()],
    fixes: () => (condition ? fixesFor(condition, allowance) : []),
  };
}

function isReading(method: string): boolean {
  return READING.test(method);
}

type Openness = 'everybody' | 'dated' | 'signed in';

function opennessOf(condition: string | undefined): Openness | undefined {
  const text = condition?.replace(/\/\/[^\n]*/g, '').replace(/\s+/g, '');
  if (text === undefined || /^\(*true\)*$/.test(text)) return 'everybody';
  if (/^\(*request\.time<timestamp\.date\([\d,]+\)\)*$/.test(text)) return 'dated';
  return /^\(*request\.auth(?:\.uid)?!=null\)*$/.test(text) ? 'signed in' : undefined;
}

function confidenceOf(
  openness: Openness,
  writes: boolean,
  isAll: boolean,
  path: string,
): Confidence | undefined {
  if (openness === 'signed in') return writes && isAll ? 'medium' : undefined;
  // What may be read by everybody is often meant to: pages, products, pictures.
  return writes || isAll ? 'high' : namesPrivateRecords(path) ? 'medium' : undefined;
}

function fixesFor({ start, end }: { start: number; end: number }, { paths }: Allowance): readonly Fix[] {
  const owner = /\{(u?id|uid|user_?id|owner_?id)\}/i.exec(paths.at(-1) ?? '')?.[1];
  const isOwn = owner !== undefined && /user|owner|uid|account|profile/i.test(paths.at(-1) ?? '');
  const fix = (title: string, text: string): Fix => ({
    title,
    safety: 'choice',
    edits: [{ start, end, text }],
  });
  return [
    ...(isOwn ? [fix('Let in the owner alone', `request.auth != null && request.auth.uid == ${owner}`)] : []),
    fix('Let in nobody', 'false'),
  ];
}

/** The Realtime Database: what is granted further out cannot be taken back further in. */
function* databaseReports({ entries }: TextFile): Generator<TextReport> {
  for (const { path, value, text } of entries) {
    const [root, ...rest] = path;
    const key = rest.at(-1) ?? '';
    if (root !== 'rules' || !/^\.(?:read|write)$/.test(key)) continue;
    const writes = key === '.write';
    const isRoot = rest.length === 1;
    const said = text.replace(/\s+/g, '');
    const isDated = /^now<\d+$/.test(said);
    const isOpen = said === 'true' || isDated;
    const isSignedIn = /^auth(?:\.uid)?!==?null$/.test(said);
    if (!(isOpen && (writes || isRoot)) && !(isSignedIn && writes && isRoot)) continue;
    const where = `/${rest.slice(0, -1).join('/')}`;
    const who = isSignedIn ? 'Whoever signs up' : isDated ? 'Until that day everybody' : 'Everybody';
    yield {
      at: value,
      keys: path,
      message: `${who} may ${writes ? 'write' : 'read'} \`${where}\`. Let in the owner alone, by \`auth.uid\`.`,
      confidence: isSignedIn ? 'medium' : 'high',
      fixes: () => [{ title: 'Let in nobody', safety: 'choice', edits: [{ ...value, text: 'false' }] }],
    };
  }
}

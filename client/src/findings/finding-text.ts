// What the rows of the view of findings say. Pure.
import type { Translate } from '../translate';
import type { FindingGroup, FindingRow } from './finding-tree';
import type { ShownFinding } from './shown-finding';

export interface RowText {
  readonly label: string;
  readonly description: string;
  /** For screen readers: whole sentences, no icons and no signs. */
  readonly spoken: string;
}

/** @param title of the rule, where it is known */
export function groupText(
  { by, ruleId, path, rows }: FindingGroup,
  title: string | undefined,
  t: Translate,
): RowText {
  const count = rows.length;
  const counted = count === 1 ? t('1 problem') : t('{0} problems', count);
  if (by === 'file') {
    const { name, folder } = partsOf(path);
    return {
      label: name,
      description: folder === '' ? String(count) : `${count} · ${folder}`,
      spoken: t('{0}, {1}', path, counted),
    };
  }
  return {
    label: ruleId,
    description: title === undefined ? String(count) : `${count} · ${plain(title)}`,
    spoken:
      title === undefined
        ? t('{0}, {1}', ruleId, counted)
        : t('{0}, {1}, {2}', ruleId, counted, plain(title)),
  };
}

export function findingText({ finding, group }: FindingRow, t: Translate): RowText {
  const { path, ruleId, range, severity } = finding;
  const line = range.start.line + 1;
  const wrong = plain(sentencesOf(finding.message).wrong).replace(/\.$/, '');
  const spoken = t(
    '{0}: {1}, {2}, line {3}, rule {4}',
    ...[spokenSeverity(severity, t), plain(finding.message), path, line, ruleId],
  );
  // Side bars are narrow: what tells rows apart comes first.
  if (group.by === 'rule') return { label: `${partsOf(path).name}:${line}`, description: wrong, spoken };
  return { label: ruleId, description: t('line {0} · {1}', line, wrong), spoken };
}

/** The two sentences of a message: what is wrong, and what to do where it says so. */
export function sentencesOf(message: string): { readonly wrong: string; readonly remedy: string } {
  // A full stop within code is no end: what is between back-ticks is passed over.
  const wrong = /^(?:`[^`]*`|[^`])*?[.!?](?=\s+[^\s])/.exec(message)?.[0] ?? message;
  return { wrong, remedy: message.slice(wrong.length).trim() };
}

/** Messages are Markdown as far as code goes; rows show plain text. */
function plain(text: string): string {
  return text.replaceAll('`', '');
}

function partsOf(path: string): { readonly name: string; readonly folder: string } {
  const end = path.lastIndexOf('/');
  return { name: path.slice(end + 1), folder: path.slice(0, Math.max(end, 0)) };
}

function spokenSeverity(severity: ShownFinding['severity'], t: Translate): string {
  switch (severity) {
    case 'error':
      return t('Error');
    case 'warning':
      return t('Warning');
    case 'info':
      return t('Information');
    default:
      return t('Hint');
  }
}

/** `--format sarif`: SARIF 2.1.0 (OASIS), as far as tools and GitHub's code scanning read it. */
import type { TextDocument } from 'vscode-languageserver-textdocument';

import type { PlainFinding, RelatedPlace, Severity } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import type { Span } from '../../analysis/span';
import {
  type Degraded,
  type ReportedFile,
  type ReportedSuppressed,
  type Reporter,
  regionOf,
  reportedRaise,
  reportedReturn,
  type ScanSummary,
} from './report';
import { maskedSlice } from './safe-text';
import { type DescribedRule, LEVELS, sarifRule, sarifTaxonomy } from './sarif-rules';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const BASE = '%SRCROOT%';
/** So much of the code is quoted. */
const MOST_SNIPPET = 500;

export interface SarifOptions {
  readonly version: string;
  readonly informationUri: string;
  /** All that ran, in the order of their ids. */
  readonly rules: readonly DescribedRule[];
  /** The URI of the folder that paths are told from, with a slash at the end. */
  readonly baseUri: string;
  /** From a path below the root to one below the base. */
  readonly belowBase: (path: string) => string;
  /** Whether suppressed findings are told as such. */
  readonly hasSuppressed: boolean;
  /** Whether there is a baseline: what is reported is not in it. */
  readonly hasBaseline: boolean;
}

export function sarifReporter(options: SarifOptions): Reporter {
  let isFirst = true;
  const indices = new Map(options.rules.map(({ rule }, i) => [rule.id, i]));
  const result = (file: ReportedFile, finding: PlainFinding, further: object): string => {
    const comma = isFirst ? '' : ',';
    isFirst = false;
    const said = { ...resultOf(file, finding, indices.get(finding.ruleId), options), ...further };
    return `${comma}\n        ${JSON.stringify(said)}`;
  };
  return {
    begin: () => {
      const head = { $schema: SCHEMA, version: '2.1.0' };
      const run = {
        tool: { driver: driverOf(options) },
        taxonomies: [sarifTaxonomy(options.rules)],
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [BASE]: { uri: options.baseUri } },
      };
      return `${opened(head)},\n  "runs": [\n    ${opened(run)},\n      "results": [`;
    },
    file: (file) => {
      const shown = file.shown.map(({ finding, fixes }) =>
        result(file, finding, {
          ...(options.hasSuppressed && { suppressions: [] }),
          ...(options.hasBaseline && { baselineState: 'new' }),
          ...fixesOf(file, fixes, options),
        }),
      );
      const suppressed = options.hasSuppressed
        ? file.suppressed.map((entry) =>
            result(file, entry.finding, { suppressions: [suppressionOf(entry)] }),
          )
        : [];
      return [...shown, ...suppressed].join('');
    },
    end: (summary) =>
      `${isFirst ? ']' : '\n      ]'},\n      "invocations": ${JSON.stringify([invocationOf(summary, options)])}\n    }\n  ]\n}\n`,
  };
}

/** An object without its closing brace, for more to follow. */
function opened(object: object): string {
  return JSON.stringify(object).slice(0, -1);
}

function driverOf({ version, informationUri, rules }: SarifOptions): object {
  return {
    name: 'Countersign',
    version,
    semanticVersion: version,
    informationUri,
    supportedTaxonomies: [{ name: 'CWE', index: 0 }],
    rules: rules.map(sarifRule),
  };
}

function resultOf(
  file: ReportedFile,
  finding: PlainFinding,
  ruleIndex: number | undefined,
  options: SarifOptions,
): object {
  const { ruleId, severity, message, related, fingerprint, confidence } = finding;
  const relatedLocations = related.map((place, i) => relatedOf(file, place, i, options));
  return {
    ruleId,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: LEVELS[severity satisfies Severity],
    message: { text: message },
    locations: [{ physicalLocation: placeOf(file, finding, options) }],
    ...(relatedLocations.length > 0 && { relatedLocations }),
    ...codeFlowsOf(file, finding, options),
    partialFingerprints: { 'countersign/v1': fingerprint },
    properties: {
      confidence,
      ...(finding.raised && { raised: reportedRaise(finding) }),
      ...(finding.reintroduced && { reintroduced: reportedReturn(finding) }),
    },
  };
}

function placeOf(file: ReportedFile, span: Span, options: SarifOptions): object {
  return {
    artifactLocation: artifactOf(file.path, options),
    region: { ...sarifRegion(file.text, span), snippet: { text: snippetOf(file, span) } },
  };
}

function snippetOf({ text, secrets }: ReportedFile, { start, end }: Span): string {
  return maskedSlice({ whole: text.getText(), secrets }, { start, end: Math.min(end, start + MOST_SNIPPET) });
}

/** The way of what others decide on, from where it comes in to where it is used. */
function codeFlowsOf(file: ReportedFile, finding: PlainFinding, options: SarifOptions): object {
  const steps = finding.related.filter(({ isStep }) => isStep);
  if (steps.length === 0) return {};
  const end = { path: file.path, start: finding.start, end: finding.end, message: 'Here it is used.' };
  const locations = [...steps, end].map((place, i) => {
    const physicalLocation = {
      artifactLocation: artifactOf(place.path, options),
      region: sarifRegion(file.text, place),
    };
    return {
      location: { physicalLocation, message: { text: place.message } },
      executionOrder: i + 1,
      importance: i === 0 || i === steps.length ? 'essential' : 'important',
    };
  });
  return { codeFlows: [{ threadFlows: [{ locations }] }] };
}

function relatedOf(file: ReportedFile, place: RelatedPlace, id: number, options: SarifOptions): object {
  return {
    id,
    message: { text: place.message },
    physicalLocation: {
      artifactLocation: artifactOf(place.path, options),
      region: sarifRegion(file.text, place),
    },
  };
}

function sarifRegion(text: TextDocument, span: Span): object {
  const { line, column, endLine, endColumn } = regionOf(text, span);
  return { startLine: line, startColumn: column, endLine, endColumn };
}

function artifactOf(path: string, { belowBase }: SarifOptions): object {
  return { uri: uriReference(belowBase(path)), uriBaseId: BASE };
}

/** RFC 3986: in a part of a path these stand for themselves. A colon does not in the first part. */
function uriReference(path: string): string {
  const encoded = encodeURIComponent(path.replace(/\p{Cs}/gu, '\uFFFD'));
  return encoded.replace(/%(?:2F|40|24|26|2B|2C|3B|3D)/g, decodeURIComponent);
}

function suppressionOf({ reason, by }: ReportedSuppressed): object {
  return { kind: by === 'comment' ? 'inSource' : 'external', status: 'accepted', justification: reason };
}

function fixesOf(file: ReportedFile, fixes: readonly Fix[], options: SarifOptions): object {
  const told = fixes
    .filter((fix) => !isTelling(file, fix))
    .map((fix) => ({
      description: { text: fix.title },
      artifactChanges: [
        {
          artifactLocation: artifactOf(file.path, options),
          replacements: fix.edits.map((edit) => ({
            deletedRegion: sarifRegion(file.text, edit),
            ...(edit.text !== '' && { insertedContent: { text: edit.text } }),
          })),
        },
      ],
      properties: { safety: fix.safety },
    }));
  return told.length > 0 ? { fixes: told } : {};
}

/** Whether a fix writes a secret anew that stands in the file. */
function isTelling({ text: document, secrets }: ReportedFile, { edits }: Fix): boolean {
  const told = secrets.map(({ start, end }) => document.getText().slice(start, end));
  return edits.some(({ text }) => told.some((secret) => secret.length > 3 && text.includes(secret)));
}

function invocationOf(summary: ScanSummary, options: SarifOptions): object {
  const unread = new Set(summary.unreadConfigurations);
  const notification = (level: string) => (degraded: Degraded) => ({
    level,
    message: { text: degraded.cause },
    locations: [{ physicalLocation: { artifactLocation: artifactOf(degraded.file, options) } }],
  });
  return {
    executionSuccessful: unread.size === 0,
    exitCode: summary.exitCode,
    toolExecutionNotifications: summary.degraded
      .filter((each) => !unread.has(each))
      .map(notification('warning')),
    toolConfigurationNotifications: summary.unreadConfigurations.map(notification('error')),
    properties: {
      ignored: summary.ignored,
      ai: summary.ai.state,
      ...(summary.ai.reason !== undefined && { aiReason: summary.ai.reason }),
      ...(summary.since !== undefined && { since: summary.since }),
      ...(summary.baseline && { baseline: summary.baseline }),
    },
  };
}

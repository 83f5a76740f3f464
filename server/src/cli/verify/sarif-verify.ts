/** The report of `countersign verify` as SARIF 2.1.0, one result for each finding. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Host } from '../../host/host';
import type { VerifyFinding, VerifyReport } from '../../reviews/verify-report';
import { VERIFY_RULES } from '../../reviews/verify-rules';
import type { Environment } from '../command';
import { LEVELS, sarifRule } from '../output/sarif-rules';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const BASE = '%SRCROOT%';
const RULES = Object.values(VERIFY_RULES).sort((a, b) => (a.id < b.id ? -1 : 1));

export function sarifVerify(
  { root, base, head, findings, degraded }: VerifyReport,
  { version, homepage }: Pick<Environment, 'version' | 'homepage'>,
  rulePage: Host['rulePage'],
  exitCode: number,
): string {
  const run = {
    tool: {
      driver: {
        name: 'Countersign',
        version,
        semanticVersion: version,
        informationUri: homepage,
        rules: RULES.map((rule) => sarifRule({ rule, page: rulePage(rule.id) })),
      },
    },
    // Apart from that of a scan, which has other results.
    automationDetails: { id: 'countersign-verify/' },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [BASE]: { uri: pathToFileURL(join(root, '/')).href } },
    results: findings.map((finding) => resultOf(finding)),
    invocations: [
      {
        executionSuccessful: true,
        exitCode,
        toolExecutionNotifications: degraded.map(({ file, cause }) => ({
          level: 'warning',
          message: { text: `Not known: ${cause}` },
          locations: [{ physicalLocation: { artifactLocation: artifactOf(file) } }],
        })),
        properties: { base, head },
      },
    ],
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, undefined, 2)}\n`;
}

function resultOf({ kind, file, line, endLine, commit, message, fingerprint }: VerifyFinding): object {
  const { id, severity } = VERIFY_RULES[kind];
  const region = { startLine: line ?? 1, ...(endLine !== undefined && { endLine }) };
  return {
    ruleId: id,
    ruleIndex: RULES.findIndex((rule) => rule.id === id),
    level: LEVELS[severity],
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: artifactOf(file), region } }],
    partialFingerprints: { 'countersign/v1': fingerprint },
    ...(commit !== undefined && { properties: { commit } }),
  };
}

function artifactOf(path: string): object {
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: BASE };
}

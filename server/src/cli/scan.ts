/** `countersign scan`: checks files and folders. */
import { resolve } from 'node:path';

import type { ParsedArguments } from './arguments/parse-arguments';
import { type Command, UsageError } from './command';

const FORMATS = ['pretty', 'json', 'sarif'] as const;
export const FAIL_ON = ['error', 'warning', 'info', 'never'] as const;

export const scan: Command = {
  name: 'scan',
  summary: 'check files and folders',
  usage: '[paths...] [options]',
  options: [
    {
      name: 'format',
      short: 'f',
      value: 'FORMAT',
      choices: FORMATS,
      summary: 'how to report: `pretty` unless given',
    },
    { name: 'output', short: 'o', value: 'FILE', summary: 'report to a file instead of standard output' },
    {
      name: 'profile',
      value: 'PROFILE',
      choices: ['recommended', 'strict'],
      summary: 'what to report, whatever the configuration says',
    },
    {
      name: 'fail-on',
      value: 'SEVERITY',
      choices: FAIL_ON,
      summary: 'the least severity that ends with exit code 1: `warning` unless given',
    },
    { name: 'no-ai', summary: 'judge lines that AI tools wrote like any others' },
    { name: 'fix', summary: 'apply safe fixes, and report what remains' },
    { name: 'fix-unsafe', summary: 'apply safe fixes and those that may change behaviour' },
    { name: 'changed', summary: 'only what is changed since HEAD, or since the merge base of `--base`' },
    {
      name: 'base',
      value: 'REV',
      summary: 'only what is changed since the merge base of this revision and HEAD',
    },
    { name: 'baseline', value: 'FILE', summary: 'only findings that this file does not have' },
    { name: 'update-baseline', summary: 'write the file of `--baseline`: all that is found now' },
    { name: 'record', summary: 'record what is gone since the base, or from the baseline, as fixed' },
    { name: 'no-suppressed', summary: 'leave suppressed findings out of SARIF' },
  ],
  details: [
    'Without paths the present folder is checked. In folders, what `.gitignore` files leave out is passed over, and so',
    'are `node_modules`, binary files and symbolic links; a file or folder that is named is always checked.',
    '',
    'With --changed or --base, a finding is reported where one of its lines is changed, or where its file did not have it',
    'before. Files are judged as they are in the work tree.',
    '',
    'The nearest `.countersignrc.json` of each file counts, up to the top of the git repository, or to the checked folder',
    'where there is none.',
    '',
    'Exit codes: 0 no findings at or above --fail-on, 1 findings, 2 wrong use or a configuration that cannot be read,',
    '3 internal failure.',
  ].join('\n'),

  async run({ switches, values, positionals }, environment) {
    if (switches.has('no-suppressed') && values.get('format') !== 'sarif') {
      throw new UsageError(
        '`--no-suppressed` is for `--format sarif`: other formats have no suppressed findings.',
      );
    }
    refuseContradictions(switches, values);
    const { createNodeGit, createNodeHost, runScan } = await import('./engine.js');
    const output = values.get('output');
    const base = values.get('base');
    const baseline = values.get('baseline');
    return runScan(
      {
        paths: positionals,
        format: FORMATS.find((format) => format === values.get('format')) ?? 'pretty',
        output: output === undefined ? undefined : resolve(environment.workingFolder, output),
        profile: values.get('profile') as 'recommended' | 'strict' | undefined,
        ai: switches.has('no-ai') ? false : undefined,
        failOn: FAIL_ON.find((level) => level === values.get('fail-on')) ?? 'warning',
        fix: switches.has('fix-unsafe') ? 'decided' : switches.has('fix') ? 'safe' : undefined,
        hasSuppressed: !switches.has('no-suppressed'),
        since: base !== undefined || switches.has('changed') ? { revision: base } : undefined,
        baseline:
          baseline === undefined ? undefined : { path: baseline, isUpdate: switches.has('update-baseline') },
        isRecording: switches.has('record'),
      },
      environment,
      // What is logged about configuration files is told at the end of the scan.
      { host: createNodeHost(environment.folder, () => {}), git: createNodeGit() },
    );
  },
};

function refuseContradictions(
  switches: ParsedArguments['switches'],
  values: ParsedArguments['values'],
): void {
  const hasFormer = switches.has('changed') || values.has('base') || values.has('baseline');
  if (switches.has('record') && !hasFormer) {
    throw new UsageError(
      '`--record` needs to know what was there before: `--base REV`, `--changed` or `--baseline FILE`.',
    );
  }
  if (!switches.has('update-baseline')) return;
  if (!values.has('baseline')) {
    throw new UsageError(
      '`--update-baseline` needs to know the file: `--baseline countersign-baseline.json`.',
    );
  }
  if (switches.has('changed') || values.has('base')) {
    throw new UsageError(
      'A baseline is made of whole files: leave out `--changed` and `--base` with `--update-baseline`.',
    );
  }
  if (switches.has('fix') || switches.has('fix-unsafe')) {
    throw new UsageError(
      'With `--update-baseline` everything is known, so nothing would be fixed. Fix first, then update.',
    );
  }
}

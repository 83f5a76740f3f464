/** `countersign verify`: whether what AI tools wrote in a range of commits was reviewed. */
import { resolve } from 'node:path';

import { type Command, UsageError } from './command';

const FORMATS = ['pretty', 'json', 'sarif'] as const;

export const verify: Command = {
  name: 'verify',
  summary: 'check that the AI code of a range of commits was countersigned',
  usage: '--base REV | --all [options]',
  options: [
    { name: 'base', value: 'REV', summary: 'the range is what HEAD has and this commit has not' },
    { name: 'all', summary: 'ask for all AI lines that HEAD has, however old' },
    {
      name: 'format',
      short: 'f',
      value: 'FORMAT',
      choices: FORMATS,
      summary: 'how to report: `pretty` unless given',
    },
    { name: 'output', short: 'o', value: 'FILE', summary: 'report to a file instead of standard output' },
  ],
  details: [
    'It looks at commits only, never at what is not committed. Policy, code owners and keys are read at the base, so that',
    'no branch weakens its own gate; `--all` alone reads them at HEAD. Notes about who wrote lines have to be fetched, and so has the history:',
    '`git fetch origin +refs/notes/ai:refs/notes/ai`, and no shallow clone.',
    '',
    'No command countersigns: that is what a person does, in an editor.',
    '',
    'Exit codes: 0 all is reviewed, 1 something is missing, 2 wrong use or a policy at the base that is wrong, 3 internal',
    'failure.',
  ].join('\n'),

  async run({ values, switches, positionals }, environment) {
    const base = values.get('base');
    if (positionals.length > 0) throw new UsageError('`verify` takes no paths: it looks at commits.');
    const isAll = switches.has('all');
    if (base === undefined && !isAll) {
      throw new UsageError(
        '`verify` needs the base of the range: `countersign verify --base origin/main`. With `--all` it asks for everything.',
      );
    }
    const { createNodeGit, createNodeHost, createNodeSigning, runVerify } = await import('./engine.js');
    const output = values.get('output');
    return runVerify(
      {
        base,
        isAll,
        format: FORMATS.find((format) => format === values.get('format')) ?? 'pretty',
        output: output === undefined ? undefined : resolve(environment.workingFolder, output),
      },
      environment,
      {
        host: createNodeHost(environment.folder, () => {}),
        git: createNodeGit(),
        signing: createNodeSigning(),
      },
    );
  },
};

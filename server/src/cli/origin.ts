/** `countersign origin`: who wrote each line of files. */
import { type Command, UsageError } from './command';

export const origin: Command = {
  name: 'origin',
  summary: 'say who wrote each line of files, with the evidence',
  usage: 'FILE... [options]',
  options: [
    {
      name: 'format',
      short: 'f',
      value: 'FORMAT',
      choices: ['pretty', 'json'],
      summary: 'how to print it: `pretty` unless given',
    },
    { name: 'rev', value: 'REV', summary: 'the files at this commit instead of those on disk' },
  ],
  details: [
    'A line is `ai`, `ai-commit` (an AI tool took part in its commit), `mixed` (edited since an AI tool wrote it), `human`',
    'or `unknown`. What nothing is known of is unknown, and never taken for a person’s.',
    '',
    'JSON has one object on a line of its own for each file.',
  ].join('\n'),

  async run({ values, positionals }, environment) {
    if (positionals.length === 0) throw new UsageError('`origin` needs a file.');
    const { createNodeGit, createNodeHost, runOrigin } = await import('./engine.js');
    return runOrigin(
      { paths: positionals, isJson: values.get('format') === 'json', revision: values.get('rev') },
      environment,
      { host: createNodeHost(environment.folder, () => {}), git: createNodeGit() },
    );
  },
};

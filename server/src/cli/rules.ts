/** `countersign rules`: every rule with its metadata, or the page of one. */
import { type Command, EXIT } from './command';

export const rules: Command = {
  name: 'rules',
  summary: 'list the rules, or explain one',
  usage: '[rule] [options]',
  options: [
    {
      name: 'format',
      value: 'FORMAT',
      choices: ['pretty', 'json'],
      summary: 'how to print the list: `pretty` unless given',
    },
  ],
  details: 'With the name of a rule, such as `auth/jwt-unverified`, it prints the page of that rule.',

  async run({ values, positionals }, environment) {
    const { createNodeHost, listedRules } = await import('./engine.js');
    const isJson = values.get('format') === 'json';
    const { rulePage } = createNodeHost(environment.folder, () => {});
    await environment.out.write(listedRules(positionals, { isJson, rulePage }));
    return EXIT.clean;
  },
};

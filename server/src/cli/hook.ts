/** `countersign hook <agent>`: what the settings of an agent call after each of its edits. */
import { AGENTS, isAgentName } from '../origin/recorder/payloads/agent-names';
import { quoted } from './arguments/parse-arguments';
import { type Command, EXIT, UsageError } from './command';

const NAMES = Object.keys(AGENTS);

export const hook: Command = {
  name: 'hook',
  summary: 'record what an AI tool writes; its settings call this',
  usage: `${NAMES.join('|')} [options] < event`,
  options: [{ name: 'findings', summary: 'tell the agent what is found on the lines that it wrote' }],
  details: [
    'It reads one event of the agent from standard input and keeps which lines were written: hashes, never text, below',
    'the git directory. It ends with exit code 0 whatever happens, so that no agent is ever stopped by it.',
  ].join('\n'),

  async run({ switches, positionals }, environment) {
    const [agent, ...more] = positionals;
    if (agent === undefined || more.length > 0)
      throw new UsageError(`\`hook\` needs one agent: ${listed()}.`);
    if (!isAgentName(agent)) throw new UsageError(`There is no agent ${quoted(agent)}, only ${listed()}.`);
    if (process.stdin.isTTY) {
      throw new UsageError('`hook` is called by an agent, which writes its event to standard input.');
    }
    const { runHook } = await import('./recording.js');
    const answer = await runHook({
      agent,
      input: process.stdin,
      workingFolder: environment.workingFolder,
      find: switches.has('findings')
        ? async (files) => (await import('./checking.js')).finderIn(environment.folder)(files)
        : undefined,
    });
    if (answer !== '') await environment.out.write(answer);
    return EXIT.clean;
  },
};

function listed(): string {
  return NAMES.map((name) => `\`${name}\``).join(', ');
}

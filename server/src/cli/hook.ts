/** `countersign hook <agent>`: what the settings of an agent call after each of its edits. */
import { AGENTS, type AgentName, isAgentName } from '../origin/recorder/payloads/agent-names';
import { type ParsedArguments, quoted } from './arguments/parse-arguments';
import { type Command, type Environment, EXIT, UsageError } from './command';
import type { FindOnLines } from './hook/feedback';

const NAMES = Object.keys(AGENTS);

export const hook: Command = {
  name: 'hook',
  summary: 'record what an AI tool writes; its settings call this',
  usage: `${NAMES.join('|')} [options]`,
  options: [
    { name: 'findings', summary: 'tell the agent what is found on the lines that it wrote' },
    { name: 'no-ai', summary: 'with `--findings`: judge the lines like those that a person wrote' },
    { name: 'install', summary: "put the call of this command into the agent's settings" },
    { name: 'uninstall', summary: 'take it out again' },
    { name: 'project', summary: 'in the settings of the present project instead of your own' },
    { name: 'dry-run', summary: 'show what would be changed in the settings, and change nothing' },
    { name: 'yes', summary: 'change the settings without asking' },
  ],
  details: [
    'It reads one event of the agent from standard input and keeps which lines were written: hashes, never text, below',
    'the git directory. It ends with exit code 0 whatever happens, so that no agent is ever stopped by it.',
    '',
    '`countersign hook --install claude` sets it up: it shows the change to the settings, asks, and keeps what is there.',
  ].join('\n'),

  async run(given, environment) {
    const { switches } = given;
    const agent = agentIn(given);
    if (switches.has('install') || switches.has('uninstall')) return setUp(agent, given, environment);
    const odd = ['project', 'dry-run', 'yes'].find((name) => switches.has(name));
    if (odd !== undefined) throw new UsageError(`\`--${odd}\` goes with \`--install\` or \`--uninstall\`.`);
    if (process.stdin.isTTY) {
      throw new UsageError(
        '`hook` is called by an agent, which writes its event to standard input. `--install` sets that up.',
      );
    }
    const { runHook } = await import('./recording.js');
    const { folder, workingFolder } = environment;
    let keep = () => {};
    const find: FindOnLines = async (files) => {
      const checking = (await import('./loading.js')).loadChecking(folder);
      keep = checking.keep;
      return checking.exports.finderIn(folder, { isAiOff: switches.has('no-ai') })(files);
    };
    const answer = await runHook({
      ...{ agent, workingFolder, input: process.stdin },
      find: switches.has('findings') ? find : undefined,
    });
    if (answer !== '') await environment.out.write(answer);
    keep();
    return EXIT.clean;
  },
};

function agentIn({ positionals }: ParsedArguments): AgentName {
  const [agent, ...more] = positionals;
  if (agent === undefined || more.length > 0) throw new UsageError(`\`hook\` needs one agent: ${listed()}.`);
  if (!isAgentName(agent)) throw new UsageError(`There is no agent ${quoted(agent)}, only ${listed()}.`);
  return agent;
}

async function setUp(
  agent: AgentName,
  { switches }: ParsedArguments,
  environment: Environment,
): Promise<number> {
  if (switches.has('install') && switches.has('uninstall'))
    throw new UsageError('`--install` and `--uninstall` cannot go together.');
  if (switches.has('no-ai') && !switches.has('findings'))
    throw new UsageError('`--no-ai` goes with `--findings`: it is about what the agent is told.');
  const { setUpRecording } = await import('./engine.js');
  return setUpRecording(
    {
      agent,
      isRemoval: switches.has('uninstall'),
      findings: switches.has('findings') ? 'on' : 'off',
      isAiOff: switches.has('no-ai'),
      project: switches.has('project') ? environment.workingFolder : undefined,
      isDryRun: switches.has('dry-run'),
      isAgreed: switches.has('yes'),
    },
    environment,
  );
}

function listed(): string {
  return NAMES.map((name) => `\`${name}\``).join(', ');
}

/** What a commit says of AI tools, in its author and its message. It never says which lines they wrote. */
import { type Circumstances, type Evidence, evidenceOf } from '../evidence';
import type { Commit } from './commit-object';
import { identityOf, modelBeside } from './identities';
import { type Said, saidInMessage } from './message-lines';

/** More tools do not take part in one commit. */
const MOST_EVIDENCE = 32;
/** Others may have pushed to the branch that was made one commit. */
const SQUASHED_CONFIDENCE = 0.75;
/** However much of a commit is a tool's, it is not said which lines. */
const HIGHEST_SHARE = 0.95;

/**
 * One piece of evidence for each tool and way of knowing it. A person's name is evidence of nothing; neither is the
 * committer, who may have committed somebody else's edits.
 */
export function commitEvidence(id: string, commit: Commit): Evidence[] {
  const said = [...saidOfAuthor(commit), ...saidInMessage(commit.message)];
  const share = shareOf(said);
  const sessionTool = sessionToolOf(said);
  const found = new Map<string, Evidence>();
  for (const one of said) {
    if (one.kind !== 'evidence' || found.size === MOST_EVIDENCE) continue;
    let known: Circumstances = {
      ...one.known,
      tool: one.known.tool ?? sessionTool,
      commit: id,
      time: commit.time,
    };
    if (one.source === 'commit-co-author' && share !== undefined) {
      if (share === 0) continue;
      known = {
        ...known,
        confidence: Math.min(share, HIGHEST_SHARE),
        detail: `${Math.round(share * 100)} % of the commit`,
      };
    }
    const key = [one.source, known.tool, known.model, known.session].join('\n');
    if (!found.has(key)) found.set(key, evidenceOf(one.source, 'ai-commit', known));
  }
  return [...found.values()];
}

function saidOfAuthor(commit: Commit): Said[] {
  const { name, address } = commit.author;
  if (name.endsWith(' (aider)'))
    return [{ kind: 'evidence', source: 'commit-author', known: { tool: 'Aider' } }];
  const identity = identityOf(address);
  if (identity === undefined) return [];
  const known = { tool: identity.tool, model: modelBeside(identity, name) };
  if (identity.isHint !== undefined) {
    const { confidence, because } = identity.isHint;
    return [{ kind: 'evidence', source: 'hint', known: { ...known, confidence, detail: because } }];
  }
  const squashed = isSquash(commit) ? { confidence: SQUASHED_CONFIDENCE } : {};
  return [{ kind: 'evidence', source: 'commit-author', known: { ...known, ...squashed } }];
}

/** Made by GitHub from the commits of a pull request. */
function isSquash({ committer, parents, message }: Commit): boolean {
  const [subject = ''] = message.split('\n', 1);
  return committer.address === 'noreply@github.com' && parents.length === 1 && /\(#\d+\)\s*$/.test(subject);
}

/** From 0 to 1. A squash has a share for each of its commits. */
function shareOf(said: readonly Said[]): number | undefined {
  const shares = said.filter((one) => one.kind === 'share');
  if (shares.length === 0) return undefined;
  const sum = (key: 'ai' | 'of') => shares.reduce((total, one) => total + one[key], 0);
  return sum('ai') / sum('of');
}

/** Whose sessions those are that do not say so; undefined where there are several tools. */
function sessionToolOf(said: readonly Said[]): string | undefined {
  const tools = new Set(said.flatMap((one) => (one.kind === 'session-tool' ? [one.tool] : [])));
  return tools.size === 1 ? [...tools][0] : undefined;
}

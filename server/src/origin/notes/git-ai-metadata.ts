/** The second part of a note of git-ai: which version wrote it, and who is behind the keys. */
import type { Decode } from '../bytes';
import { cleanText } from '../stranger-text';
import { modelName, toolName } from '../tools';
import { ByteJson, MalformedJson } from './byte-json';

export interface Agent {
  readonly tool: string | undefined;
  readonly model: string | undefined;
  readonly session: string | undefined;
}

export interface GitAiMetadata {
  /** Major and minor; undefined where the note does not say, as the earliest do not. */
  readonly version: readonly [number, number] | undefined;
  /** By the keys of prompts, and of sessions without their trace. Only those asked for. */
  readonly agents: ReadonlyMap<string, Agent>;
  /** `h_…` to `Name <email>`. Only those asked for. */
  readonly humans: ReadonlyMap<string, string>;
  /** Whether the note names any prompt or session at all. */
  readonly namesAgents: boolean;
}

/**
 * Undefined for what is no JSON, or of another schema than `authorship/3`. Of conversations, which early versions
 * wrote into notes, nothing is read.
 */
export function readGitAiMetadata(
  bytes: Uint8Array,
  wanted: ReadonlySet<string>,
  decode: Decode,
): GitAiMetadata | undefined {
  const json = new ByteJson(bytes, decode);
  const agents = new Map<string, Agent>();
  const humans = new Map<string, string>();
  let schema: string | undefined;
  let version: string | undefined;
  let namesAgents = false;
  try {
    json.object((key) => {
      if (key === 'schema_version') schema = json.string();
      else if (key === 'git_ai_version') version = json.string();
      else if (key === 'prompts' || key === 'sessions') {
        json.object((id) => {
          namesAgents = true;
          if (wanted.has(id)) agents.set(id, readAgentRecord(json));
          else json.skip();
        });
      } else if (key === 'humans') {
        json.object((id) => {
          const author = readAuthor(json);
          if (author !== undefined && wanted.has(id)) humans.set(id, author);
        });
      } else json.skip();
    });
  } catch (error) {
    if (error instanceof MalformedJson) return undefined;
    throw error;
  }
  if (schema?.startsWith('authorship/3.') !== true) return undefined;
  return { version: readVersion(version), agents, humans, namesAgents };
}

/** A record that has an `agent_id`. */
export function readAgentRecord(json: ByteJson): Agent {
  let agent: Agent = { tool: undefined, model: undefined, session: undefined };
  json.object((key) => {
    if (key === 'agent_id') agent = readAgentId(json).agent;
    else json.skip();
  });
  return agent;
}

/** What it says, and what the hashes in keys are made of. */
export function readAgentId(json: ByteJson): { readonly agent: Agent; readonly hashed: string } {
  const said = new Map<string, string | undefined>();
  json.object((key) => {
    said.set(key, json.string());
  });
  const agent = {
    tool: toolName(said.get('tool')),
    model: modelName(said.get('model')),
    session: cleanText(said.get('id')),
  };
  return { agent, hashed: `${said.get('tool')}:${said.get('id')}` };
}

/** A record that has an `author`. */
export function readAuthor(json: ByteJson): string | undefined {
  let author: string | undefined;
  json.object((key) => {
    if (key === 'author') author = cleanText(json.string());
    else json.skip();
  });
  return author;
}

/** `1.6.13`, `development:1.6.13`. */
function readVersion(text: string | undefined): readonly [number, number] | undefined {
  const [, major, minor] = /^(?:[a-z]{1,20}:)?(\d{1,4})\.(\d{1,4})(?!\d)/.exec(text ?? '') ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor)];
}

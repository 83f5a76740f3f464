import type { Fix } from '../../analysis/fix';
import type { Tool } from './tool-parameter';

/** The AI SDK and OpenAI Agents ask a person where the definition says so. */
export function approvalFixes({ definition, approves }: Tool): Fix[] {
  const last = definition?.parts.at(-1);
  if (!definition || !last || !approves) return [];
  const { text } = definition;
  const line = /\n([ \t]*)\S[^\n]*$/.exec(text.slice(0, last.start - definition.start + 1));
  const edits = [
    { start: last.end, end: last.end, text: `${line ? `,\n${line[1]}` : ', '}needsApproval: true` },
  ];
  return [{ title: 'Ask a person first', safety: 'choice', edits }];
}

/** Which model made a call, from the end of an agent's transcript. Nothing else is taken from it. */
import { asObject, member, objectsIn } from '../small-json';
import { modelName } from '../tools';

/**
 * The model of the call, or else that of the last answer; undefined where there is none.
 *
 * @param isShared whether the last answer may be somebody else's.
 */
export function transcriptModel(
  end: string,
  toolUseId: string | undefined,
  isShared = false,
): string | undefined {
  let last: string | undefined;
  for (const line of end.split('\n').reverse()) {
    // Most lines are long and of no interest.
    if (!line.includes('"model"')) continue;
    const message = messageOf(line);
    const model = modelName(member(message, 'model'));
    if (model === undefined) continue;
    if (!isShared) last ??= model;
    const calls = objectsIn(member(message, 'content'), 1_000);
    if (
      (toolUseId === undefined && !isShared) ||
      calls.some((call) => toolUseId !== undefined && member(call, 'id') === toolUseId)
    )
      return model;
  }
  return last;
}

function messageOf(line: string): ReturnType<typeof asObject> {
  try {
    return asObject(member(asObject(JSON.parse(line)), 'message'));
  } catch {
    // The first line is cut off.
    return undefined;
  }
}

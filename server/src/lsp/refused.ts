import { ErrorCodes, ResponseError } from 'vscode-languageserver';

/** The answer to a request that does not fit the present state; the client shows the message to the person. */
export function refused(why: string): ResponseError<void> {
  return new ResponseError(ErrorCodes.InvalidParams, why);
}

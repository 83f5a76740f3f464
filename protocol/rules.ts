/** The rules as the client shows them. */

/** Request, client to server, without parameters. The answer is a list of `ListedRule`, sorted by id. */
export const RULES_REQUEST = 'countersign/rules';

export interface ListedRule {
  readonly id: string;
  /** One sentence without a full stop. */
  readonly title: string;
  readonly cwe: readonly string[];
}

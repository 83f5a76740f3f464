/** What a log says of whatever was thrown: with its stack where it has one. */
export function stackOf(error: unknown): string {
  return String(error instanceof Error ? error.stack : error);
}

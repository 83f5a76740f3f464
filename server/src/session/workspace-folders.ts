/** Which workspace folder a document is in, by their URIs. */
export class WorkspaceFolders {
  #uris: readonly string[] = [];
  /** Without a slash at the end, the innermost first. */
  #roots: readonly string[] = [];

  set(uris: readonly string[]): void {
    this.#uris = uris;
    this.#roots = uris.map((uri) => uri.replace(/\/$/, '')).sort((a, b) => b.length - a.length);
  }

  get uris(): readonly string[] {
    return this.#uris;
  }

  /** The innermost folder that a document is in, without a slash at the end. */
  rootOf(uri: string): string | undefined {
    return this.#roots.find((root) => uri.startsWith(`${root}/`));
  }

  /** The path of a document below its workspace folder, with `/`; its name where it is in none. */
  pathOf(uri: string): string {
    const root = this.rootOf(uri);
    const path = uri.slice(root === undefined ? uri.lastIndexOf('/') + 1 : root.length + 1);
    try {
      return decodeURIComponent(path);
    } catch {
      return path;
    }
  }
}

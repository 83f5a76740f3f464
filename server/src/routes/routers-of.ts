/** Which routers a part of a registration means. */
import type { GroupFacts, Part } from './facts';
import type { Resolver, Target } from './resolver';

export type GroupTarget = Extract<Target, { is: 'group' }> & { readonly group: GroupFacts };

/** A file below a folder whose files are all registered. */
export interface Autoloaded {
  readonly target: Target | undefined;
  /** Its folder below that one, as a path. */
  readonly below: string;
  readonly isHooks: boolean;
}

export class RoutersOf {
  readonly #resolver: Resolver;

  constructor(resolver: Resolver) {
    this.#resolver = resolver;
  }

  /** The routers that a part of a registration means; a function that is handed one counts by its parameter. */
  of(file: string, part: Part, argument: string, isHanded: boolean): GroupTarget[] {
    return this.in(this.#resolver.target(file, part.ref), argument, isHanded, 4);
  }

  in(target: Target | undefined, argument: string, isHanded: boolean, steps: number): GroupTarget[] {
    if (!target || steps <= 0) return [];
    switch (target.is) {
      case 'group':
        return target.group ? [{ ...target, group: target.group }] : [];
      case 'function': {
        const id = `${target.id}#${argument}`;
        const group = isHanded ? this.#resolver.group(target.file, id) : undefined;
        return group ? [{ is: 'group', file: target.file, id, group }] : [];
      }
      case 'class':
      case 'instance': {
        const made = target.facts.members['constructor'];
        return isHanded && made
          ? this.in(this.#resolver.target(target.file, made), argument, true, steps - 1)
          : [];
      }
      case 'module': {
        const own = this.#resolver.facts.get(target.file)?.exports['default'];
        const inner = own && this.#resolver.target(target.file, own);
        return this.in(inner, argument, isHanded, steps - 1);
      }
      case 'values':
        return target.refs.flatMap((ref) =>
          this.in(this.#resolver.target(target.file, ref), argument, isHanded, steps - 1),
        );
      case 'library': {
        // `fp(plugin)`
        const [inner] = target.args;
        return inner && isHanded
          ? this.in(this.#resolver.target(target.file, inner), argument, true, steps - 1)
          : [];
      }
      default:
        return [];
    }
  }

  autoloaded(file: string, dir: string): readonly Autoloaded[] {
    const folder = `${folderOf(file)}${dir.replace(/^\.?\/+|\/+$/g, '')}/`;
    return [...this.#resolver.facts].flatMap(([path, { exports }]) => {
      const own = exports['default'] ?? exports['='];
      if (!path.startsWith(folder) || !own) return [];
      const name = path.slice(folder.length);
      const isHooks = /(?:^|\/)\.?autohooks\.\w+$/.test(name);
      return [
        {
          target: this.#resolver.target(path, own),
          below: folderOf(name).replace(/(^|\/)_(\w+)/g, '$1:$2'),
          isHooks,
        },
      ];
    });
  }
}

/** With `/` behind it; `''` for none. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

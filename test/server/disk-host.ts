import type { FileText } from '../../server/src/host/host';
import { createNodeHost } from '../../server/src/host/node-host';
import type { FileBytes } from '../../server/src/host/read-bytes';
import { FakeHost } from './fake-host';

/** A host with a clock that stands, and the files that are really there. */
export class DiskHost extends FakeHost {
  readonly #disk = createNodeHost('', () => {});

  override readFile(uri: string): FileText | undefined {
    return this.#disk.readFile(uri);
  }

  override readBytes(uri: string, mostBytes: number): FileBytes | undefined {
    return this.#disk.readBytes(uri, mostBytes);
  }

  override namesIn(uri: string): readonly string[] {
    return this.#disk.namesIn(uri);
  }

  override realUri(uri: string): string | undefined {
    return this.#disk.realUri(uri);
  }
}

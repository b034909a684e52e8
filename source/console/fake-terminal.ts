import { Readable } from 'node:stream';

/**
 * The input that Ink sees: our keyboard layer writes one key at a time into it, so that the fields of ink-text-input and
 * the menus of ink-select-input get each key after the last has been drawn. The real terminal is read by us alone.
 */
export class InkInput extends Readable {
  readonly isTTY = true;

  override _read(): void {
    // Keys are pushed when they come.
  }

  setRawMode(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

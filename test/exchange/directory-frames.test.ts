import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrames, NotLdap } from '../../source/exchange/directory/frames.ts';

/** A bind's success. */
const SUCCESS = Buffer.from([0x30, 0x0c, 0x02, 0x01, 0x02, 0x61, 0x07, 0x0a, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00]);

const thrown = (...bytes: number[]): unknown => {
  try {
    return createFrames().take(Buffer.from(bytes));
  } catch (error) {
    return error;
  }
};

describe('what comes from a directory', () => {
  it('REL-04 is handed on message by message, however it is cut', () => {
    const three = Buffer.concat([SUCCESS, SUCCESS, SUCCESS]);
    for (let size = 1; size <= three.length; size += 1) {
      const frames = createFrames();
      const got: Buffer[] = [];
      for (let at = 0; at < three.length; at += size) got.push(...frames.take(three.subarray(at, at + size)));
      expect(got).toEqual([SUCCESS, SUCCESS, SUCCESS]);
      expect(frames.rest).toBe(0);
    }
  });

  it('REL-04 is held until it is whole', () => {
    const frames = createFrames();
    expect(frames.take(SUCCESS.subarray(0, 5))).toEqual([]);
    expect(frames.rest).toBe(5);
    expect(frames.take(SUCCESS.subarray(5))).toEqual([SUCCESS]);
  });

  it('REL-04 that lies about its length, or is none of ours, goes no further', () => {
    for (const bytes of [
      [0x48, 0x54],
      [0x31, 0x02, 0x04, 0x00],
      [0x30, 0x80, 0x02, 0x01],
      [0x30, 0x85, 0, 0, 0, 0, 1],
      [0x30, 0x84, 0xff, 0xff, 0xff, 0xff],
      [0x30, 0x03, 0x02, 0x05, 0x01],
      [0x30, 0x03, 0x1f, 0x01, 0x00],
      [0x30, 0x04, 0x61, 0x03, 0x0a, 0x01],
      [0x30, 0x04, 0x61, 0x02, 0x0a, 0x01],
    ])
      expect([bytes, thrown(...bytes)]).toEqual([bytes, expect.any(NotLdap)]);
    // Whole, but with parts that reach beyond it.
    expect(thrown(0x30, 0x05, 0x02, 0x01, 0x02, 0x61, 0x07)).toBeInstanceOf(NotLdap);
    expect(thrown(...Array.from({ length: 14 }, (_, at) => [0x30, 2 * (13 - at)]).flat())).toBeInstanceOf(NotLdap);
  });

  it('REL-04 is not taken without end', () => {
    const frames = createFrames();
    const much = Buffer.concat(Array.from({ length: 1000 }, () => SUCCESS));
    expect(() => {
      for (let round = 0; round < 100; round += 1) frames.take(much);
    }).toThrow(NotLdap);
  });

  it('REL-04 never does anything but that, whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, begins) => {
        const frames = createFrames();
        try {
          const all = Buffer.from(begins ? [0x30, ...bytes] : bytes);
          const got = frames.take(all);
          expect(Buffer.concat(got)).toEqual(all.subarray(0, all.length - frames.rest));
        } catch (error) {
          expect(error).toBeInstanceOf(NotLdap);
        }
      }),
    );
  });
});

import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutHeaders } from '../../../../../src/cluster/dev/docker/container-log.ts';

const frame = (stream: number, content: Buffer) => {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(content.length, 4);
  return Buffer.concat([header, content]);
};

const pieces = (bytes: Buffer, length: number) =>
  Array.from({ length: Math.ceil(bytes.length / length) }, (_, i) => bytes.subarray(i * length, (i + 1) * length));

test('frames that arrive in any pieces give what was printed, in order', async () => {
  const printed = fc.array(fc.tuple(fc.constantFrom(1, 2), fc.string({ unit: 'grapheme' })));
  await fc.assert(
    fc.asyncProperty(printed, fc.integer({ min: 1, max: 40 }), async (parts, length) => {
      const sent = Buffer.concat(parts.map(([stream, line]) => frame(stream, Buffer.from(line))));
      const got = await text(Readable.from(pieces(sent, length)).pipe(withoutHeaders()));
      expect(got).toBe(parts.map(([, line]) => line).join(''));
    }),
  );
});

/** Frames keep every bit, and nothing that is no frame is taken for one. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFrame, encodeFrame } from '../../../../src/cluster/contracts/frame.ts';
import { errorOf } from '../../../helpers/errors.ts';

const number = fc.oneof(fc.double(), fc.constantFrom(-0, Number.NaN, Number.POSITIVE_INFINITY));
const column = fc.oneof(fc.float64Array({ maxLength: 20 }), fc.int32Array({ maxLength: 20 }));
const data = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(number, fc.string(), fc.boolean(), fc.constant(null), column),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom('$', 'at'), fc.string()), tie('value'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
})).value;

describe('a frame', () => {
  test('gives back what was put in, bit by bit', () => {
    fc.assert(fc.property(data, value => void expect(decodeFrame(encodeFrame(value))).toStrictEqual(value)));
  });

  test('of equal data has equal bytes, wherever its columns lay', () => {
    const wide = new Float64Array([0, 1, 2, 3]);
    const [own, view] = [{ x: new Float64Array([1, 2]) }, { x: wide.subarray(1, 3) }];
    expect(encodeFrame(own).equals(encodeFrame(view))).toBe(true);
  });

  test('that was cut or changed is refused, or is other plain data', async () => {
    const whole = encodeFrame({ a: new Float64Array([1, 2, 3]), b: [Number.NaN, 'text'] });
    const broken = fc.tuple(fc.nat(whole.length - 1), fc.nat(255), fc.boolean()).map(([at, byte, isCut]) => {
      const bytes = Buffer.from(whole);
      bytes[at] = byte;
      return isCut ? bytes.subarray(0, at) : bytes;
    });
    await fc.assert(
      fc.asyncProperty(broken, async bytes => {
        const outcome = await Promise.resolve(bytes)
          .then(decodeFrame)
          .catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'GB_FRAME_INVALID' });
      }),
    );
  });

  test.each(['', 'GBF1', 'GBF1\xff\xff\xff\xff', 'GBF2\x02\0\0\0{}'])('is not %j', async text => {
    const error = await errorOf(() => decodeFrame(Buffer.from(text, 'latin1')));
    expect(error.code).toBe('GB_FRAME_INVALID');
  });
});

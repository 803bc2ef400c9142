import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseNumber } from '../../../../src/runtime/host/csv/parse-number.ts';

/** The number in the middle of other bytes. */
function parse(text: string): number {
  const bytes = new TextEncoder().encode(`9,${text},9`);
  return parseNumber(bytes, 2, bytes.length - 2);
}

const digits = (maxLength: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength });
const decimal = fc
  .tuple(fc.constantFrom('', '-', '+'), digits(25), fc.constantFrom('', '.'), digits(30))
  .map(parts => parts.join(''))
  .filter(text => /[0-9]/.test(text));

/** The same double: `Object.is` also tells -0 from 0. */
const isExact = (text: string): boolean => Object.is(parse(text), Number(text));

test('any decimal has the bits of Number(text)', () => {
  fc.assert(fc.property(decimal, isExact), { numRuns: 5000 });
});

test('any double comes back from its text', () => {
  const double = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(double, value => isExact(String(value))),
    { numRuns: 5000 },
  );
});

test('the edges of the fast path', () => {
  const texts = [
    '9007199254740991',
    '9007199254740992',
    '9007199254740993',
    '0.9007199254740993',
    '-0',
    '-0.0',
    '5.',
    '.5',
  ];
  texts.push('1e22', '1E-7', '0.0000000000000000000001', '0.00000000000000000000001', '123456789012345678901234567890');
  for (const text of texts) expect(parse(text), text).toBe(Number(text));
});

test('what is not a plain decimal is not a number', () => {
  const texts = [
    '',
    '-',
    '.',
    '-.',
    '1.2.3',
    '1,5',
    '1 2',
    '--1',
    '+-1',
    '0x10',
    '0b1',
    '1_000',
    '1e',
    'e5',
    'NaN',
    'Infinity',
    'ä',
  ];
  for (const text of texts) expect(parse(text), text).toBeNaN();
  expect(parse('1e999')).toBe(Number.POSITIVE_INFINITY);
});

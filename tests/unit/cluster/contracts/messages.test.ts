/** What any release sent, this one reads: `tests/fixtures/messages` holds messages as they were sent; none is ever changed. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decodeMessage, encodeMessage } from '../../../../src/cluster/contracts/define-message.ts';
import { MESSAGES } from '../../../../src/cluster/contracts/messages/index.ts';
import { errorOf } from '../../../helpers/errors.ts';

const FOLDER = new URL('../../../fixtures/messages/', import.meta.url);
const recorded = readdirSync(FOLDER).map(name => ({ name, type: name.replace(/\.json$/, '') }));

test('every message has been recorded', () => {
  expect([...MESSAGES.keys()].filter(known => !recorded.some(({ type }) => type === known))).toEqual([]);
});

test.each(recorded)('$name is read as it was sent', ({ name, type }) => {
  const contract = MESSAGES.get(type);
  const value = readFileSync(new URL(name, FOLDER));
  expect(contract && decodeMessage(contract, value)).toEqual(JSON.parse(value.toString()));
});

describe.each([...MESSAGES.values()])('$type', contract => {
  test('takes its example there and back', () => {
    const text = encodeMessage(contract, contract.example);
    expect(decodeMessage(contract, Buffer.from(text))).toEqual(contract.example);
  });

  test.each([
    ['no JSON', Buffer.from('{')],
    ['nothing in it', Buffer.from('{}')],
    [
      'too many bytes',
      Buffer.from(JSON.stringify({ ...Object(contract.example), more: 'x'.repeat(contract.maxBytes) })),
    ],
  ])('is refused with %s', async (_, value) => {
    expect(await errorOf(() => decodeMessage(contract, value))).toMatchObject({ code: 'GB_MESSAGE_INVALID' });
  });
});

/** Which time format a column holds, judged by the look of its first texts. */
import type { TimeFormat } from './time-format.ts';

/** A format, or dates whose day and month only the whole file can tell apart. */
export type TimeShape = TimeFormat | 'day-or-month-first';

/** Numbers of seconds have 9 to 11 digits from 1973 to 5138, and each finer unit three more. */
const SHAPES: readonly (readonly [TimeShape, RegExp])[] = [
  ['ymd', /^\d{4}([-./])\d{1,2}\1\d{1,2}(?!\d)/],
  ['ymd', /^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])($|[ T]|([01]\d|2[0-3])[0-5]\d([0-5]\d)?$)/],
  ['day-or-month-first', /^\d{1,2}([-./])\d{1,2}\1\d{4}(?!\d)/],
  ['epoch-s', /^-?\d{9,11}(\.\d+)?$/],
  ['epoch-ms', /^-?\d{12,14}(\.\d+)?$/],
  ['epoch-us', /^-?\d{15,17}$/],
  ['epoch-ns', /^-?\d{18,20}$/],
];

const CLOCK = /^\d{1,2}:\d\d(:\d\d([.,]\d+)?)?$|^\d{4}(\d\d)?$/;

/** The shape of more than half of the texts. */
export function timeShapeOf(texts: readonly string[]): TimeShape | undefined {
  const shapes = texts.map(text => SHAPES.find(([, pattern]) => pattern.test(text))?.[0]);
  return shapes.find(shape => shape !== undefined && shapes.filter(other => other === shape).length > texts.length / 2);
}

/** Whether more than half of the texts are times of day. */
export function isClock(texts: readonly string[]): boolean {
  return texts.filter(text => CLOCK.test(text)).length > texts.length / 2;
}

/**
 * Primary credit rate of the US Federal Reserve, which LEAN takes as the rate without risk. From LEAN's data (NOTICE).
 * Before the first change the first rate holds, after the last change the last one.
 */
import { dayNumber } from '../../market/civil-date.ts';

/** Dates of changes, and the rates from then on in per cent a year. */
const CHANGES = `
  2003-01-09 2.25, 2003-06-26 2, 2004-07-01 2.25, 2004-08-11 2.5, 2004-09-22 2.75, 2004-11-12 3,
  2004-12-15 3.25, 2005-02-03 3.5, 2005-03-23 3.75, 2005-05-04 4, 2005-07-01 4.25, 2005-08-10 4.5,
  2005-09-21 4.75, 2005-11-02 5, 2005-12-14 5.25, 2006-02-01 5.5, 2006-03-29 5.75, 2006-05-11 6,
  2006-06-30 6.25, 2007-08-20 5.75, 2007-09-19 5.25, 2007-11-01 5, 2007-12-12 4.75, 2008-01-23 4,
  2008-01-31 3.5, 2008-03-19 2.5, 2008-05-01 2.25, 2008-10-09 1.75, 2008-10-30 1.25, 2008-12-17 0.5,
  2010-02-19 0.75, 2015-12-17 1, 2016-12-15 1.25, 2017-03-16 1.5, 2017-06-15 1.75, 2017-12-14 2,
  2018-03-22 2.25, 2018-06-14 2.5, 2018-09-27 2.75, 2018-12-20 3, 2019-08-01 2.75, 2019-09-19 2.5,
  2019-10-31 2.25, 2020-03-04 1.75, 2020-03-16 0.25, 2022-03-17 0.5, 2022-05-05 1, 2022-06-16 1.75,
  2022-07-28 2.5, 2022-09-22 3.25, 2022-11-03 4, 2022-12-15 4.5, 2023-02-02 4.75, 2023-03-23 5,
  2023-05-04 5.25, 2023-07-27 5.5`;

const STEPS = CHANGES.split(',').map(change => {
  const [date = '', rate = ''] = change.trim().split(' ');
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return { day: dayNumber(year, month, day), rate: Number(rate) / 100 };
});

/** Mean rate of the days `[from, to]`, counted from 1970, as a fraction a year. */
export function meanCreditRate(from: number, to: number): number {
  let sum = 0;
  for (let day = from; day <= to; day++) sum += rateOn(day);
  return sum / (to - from + 1);
}

function rateOn(day: number): number {
  return (STEPS.findLast(step => step.day <= day) ?? STEPS[0]!).rate;
}

/** What other shapes of strategy cost against the plain one: several products, brackets, orders, own indicators. */
import type { Work } from '../engine-process.ts';
import { compared, type Row } from '../lib/row.ts';
import { runEngine } from '../lib/workshop.ts';

const MILLION = 1_000_000;
const TURNS = 3;

export function measureShapes(): Row[] {
  const one: Case = { strategy: 'onBar', bars: MILLION };
  const five: Case = { strategy: 'fiveProducts', bars: MILLION / 5, products: 5 };
  const byHand: Case = { strategy: 'withoutBracket', bars: MILLION };
  return [
    { ...inTurns('five products, 1,000,000 bars in all', five, 'one product', one), wanted: 2 },
    { ...inTurns('a bracket on most bars', { strategy: 'bracket', bars: MILLION }, 'by hand', byHand), wanted: 2 },
    { ...inTurns('each entry with a bracket', { strategy: 'crossBracket', bars: MILLION }, 'without', one), wanted: 2 },
    inTurns('a limit order on most bars', { strategy: 'limitOrders', bars: MILLION }, 'onBar', one),
    inTurns('an indicator of the user', { strategy: 'ownIndicator', bars: MILLION }, 'onBar', one),
    inTurns('equity read on every bar', { strategy: 'readsEquity', bars: MILLION }, 'onBar', one),
    inTurns('three intervals', { strategy: 'threeIntervals', bars: MILLION, coarser: true }, 'onBar', one),
  ];
}

type Case = Omit<Work, 'rounds' | 'warmUps'>;

function inTurns(name: string, work: Case, against: string, other: Case): Row {
  const [ms, others]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < TURNS; turn++) {
    ms.push(...runEngine({ ...work, rounds: 9, warmUps: 12 }).ms);
    others.push(...runEngine({ ...other, rounds: 9, warmUps: 12 }).ms);
  }
  return compared(name, ms, against, others);
}

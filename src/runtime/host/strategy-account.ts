/**
 * The account that a strategy brings along, held to the ranges that flags and configuration have: TypeScript knows a
 * number from a text, but not a cash of -5 or a rate of NaN, and a strategy in JavaScript may say anything.
 */
import { didYouMean } from '../base/closest.ts';
import { defined } from '../base/defined.ts';
import { GoboolError } from '../base/error.ts';
import type { StrategyAccount } from '../bundle/abi.ts';

/** What a value must be, in words, and whether it is. */
type Rule = readonly [words: string, fits: (value: unknown) => boolean];

const number = (words: string, fits: (value: number) => boolean): Rule => [
  `a number ${words}`,
  value => typeof value === 'number' && Number.isFinite(value) && fits(value),
];
const word = (...words: string[]): Rule => [`'${words.join("' or '")}'`, value => words.includes(value as string)];
const ratePerYear = number('from 0 to below 1', value => value >= 0 && value < 1);

const RULES: { readonly [K in keyof Required<StrategyAccount>]: Rule } = {
  cash: number('above 0', value => value > 0),
  leverage: number('of at least 1', value => value >= 1),
  allowShort: ['true or false', value => typeof value === 'boolean'],
  lot: number('of at least 0', value => value >= 0),
  fee: ["a text such as '10bps', or a function", value => typeof value === 'string'],
  slippage: ["a text such as '2bps'", value => typeof value === 'string'],
  maintenanceMargin: number('from 0 to 1', value => value >= 0 && value <= 1),
  borrow: ratePerYear,
  interest: ratePerYear,
  marginInterest: ratePerYear,
  maxParticipation: number('above 0, up to 1', value => value > 0 && value <= 1),
  limitFill: word('through', 'touch'),
  sizing: word('fill', 'decision'),
};

/** What the strategy says, without what it leaves undefined. Throws `GB_STRATEGY_SHAPE` with every misfit. */
export function checkedAccount(account: StrategyAccount): StrategyAccount {
  const said = defined(account);
  const problems = Object.entries(said).flatMap(([name, value]) => problemOf(name, value) ?? []);
  const [first] = problems;
  if (first === undefined) return said as StrategyAccount;
  const rest = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  throw new GoboolError('GB_STRATEGY_SHAPE', `defineStrategy: ${first}${rest}`, {
    problems: problems.length > 1 ? problems : [],
    hint: 'Fix `account` in the strategy.',
  });
}

function problemOf(name: string, value: unknown): string | undefined {
  if (!Object.hasOwn(RULES, name)) return `\`account\` has no ${name}.${didYouMean(name, Object.keys(RULES))}`;
  const [words, fits] = RULES[name as keyof StrategyAccount];
  return fits(value) ? undefined : `\`account.${name}\` must be ${words}, not ${String(value)}.`;
}

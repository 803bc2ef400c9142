/** A random run in words, for the message of a test that failed: its bars, and what was ordered at each close. */
import type { Order, Orders } from '../../../src/runtime/index.ts';
import { run } from '../../helpers/engine.ts';
import { feedOf, type Plan } from './plan.ts';
import { Player } from './player.ts';

export function storyOf(plan: Plan): string {
  const { bars } = feedOf(plan);
  const player = new Player(plan);
  const lines: string[] = [];
  const tell = (text: string): void => void lines.push(text);
  tell(`${plan.kind}, ${JSON.stringify(plan.traded)}, ${JSON.stringify(plan.options)}`);
  run(
    ({ state, order, close, time }) => {
      const index = state.calls++;
      const [open, high, low, , volume] = plan.rows[index]!;
      tell(
        `bar ${index}, session ${bars.session[index]}: ${open} / ${high} / ${low} / ${close.value}, volume ${volume}`,
      );
      player.onBar({ orders: telling(order, tell), close: close.value, now: time });
    },
    feedOf(plan),
    plan.options,
  );
  return lines.join('\n');
}

/** Orders that tell what is asked of them. */
function telling(orders: Orders, tell: (text: string) => void): Orders {
  return new Proxy(orders, {
    get(_, name: keyof Orders) {
      const member: unknown = Reflect.get(orders, name, orders);
      if (typeof member !== 'function') return member;
      return (...values: unknown[]): unknown => {
        tell(`    ${name}(${values.map(wordOf).join(', ')})`);
        return member.apply(orders, values);
      };
    },
  });
}

const wordOf = (value: unknown): string => (isOrder(value) ? `#${value.id} ${value.kind}` : JSON.stringify(value));
const isOrder = (value: unknown): value is Order => typeof value === 'object' && value !== null && 'id' in value;

/** Buttons that show the last month, year and so on: what dragging does, for hands without a mouse. */
import { element, found } from './dom.ts';
import type { TimeWindow } from './time-window.ts';

const DAY = 86_400;
const SPANS = [
  ['1D', DAY],
  ['1W', 7 * DAY],
  ['1M', 30.5 * DAY],
  ['6M', 183 * DAY],
  ['1Y', 365.25 * DAY],
  ['5Y', 5 * 365.25 * DAY],
  ['10Y', 10 * 365.25 * DAY],
] as const;
const BUTTONS_MAX = 4;

export function addSpanButtons(time: TimeWindow): void {
  const tools = found('spans');
  if (tools === undefined) return;
  const { from, to } = time.whole;
  const fitting = SPANS.filter(([, seconds]) => seconds < 0.8 * (to - from)).slice(-BUTTONS_MAX);
  const buttons = [...fitting, ['all', to - from] as const].map(([label, seconds]) => {
    const button = element('button', { type: 'button' }, label);
    button.addEventListener('click', () => time.show({ from: to - seconds, to }));
    return { button, seconds };
  });
  const mark = () => {
    for (const { button, seconds } of buttons) {
      const isShown = Math.abs(time.span.to - to) < 1 && Math.abs(time.span.to - time.span.from - seconds) < 1;
      button.setAttribute('aria-pressed', String(isShown));
    }
  };
  time.onChange(mark);
  mark();
  tools.append(...buttons.map(({ button }) => button));
}

import type { TextStyle } from '../../runtime/report/style.ts';
import type { Style } from './colour.ts';
import type { Output } from './output.ts';

/** The terminal as reports see it. */
export function textStyle({ columns, paint, heat }: Output): TextStyle {
  const painted = (style: Style) => (text: string) => paint(style, text);
  return {
    width: columns,
    bold: painted('bold'),
    dim: painted('dim'),
    red: painted('red'),
    green: painted('green'),
    yellow: painted('yellow'),
    cyan: painted('cyan'),
    ...(heat && { heat }),
  };
}

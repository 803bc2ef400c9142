/** What to read before believing the numbers. */
import { counted } from '../../base/format.ts';
import type { RunWarning } from '../../metrics/summary.ts';
import { type Html, html } from './markup.ts';

export function warningList(warnings: readonly RunWarning[]): Html | undefined {
  if (warnings.length === 0) return undefined;
  return html`<aside class="warnings" aria-label="Warnings">
<h2>${counted(warnings.length, 'reason')} to doubt these numbers</h2>
<ul>${warnings.map(({ code, message }) => html`<li><code>${code}</code><span>${message}</span></li>\n`)}</ul></aside>
`;
}

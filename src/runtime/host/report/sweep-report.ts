import { renderSweepHtml } from '../../report/html/sweep/sweep-page.ts';
import type { SweepFindings } from '../../report/sweep-findings.ts';
import type { SweepOutcome } from '../../report/sweep-outcome.ts';
import { pageAssets } from './page-assets.ts';

/** The HTML report of a sweep. `version`: of this gobool. */
export async function sweepReport(outcome: SweepOutcome, findings: SweepFindings, version: string): Promise<string> {
  return renderSweepHtml(outcome, { version, findings }, await pageAssets());
}

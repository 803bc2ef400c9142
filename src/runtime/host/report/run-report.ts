/** The HTML report of a run: what the store keeps, and what has to be loaded and computed again. */
import type { Curve } from '../../report/curve.ts';
import { renderRunHtml } from '../../report/html/run-page.ts';
import type { StoredRun } from '../store/stored-run.ts';
import { chartFeeds, type ReportPlace } from './chart-feeds.ts';
import { pageAssets } from './page-assets.ts';

export interface Report {
  readonly page: string;
  /** What it does not show as it was in the run, and why. */
  readonly notes: readonly string[];
}

/** `equity`: at every step, thinned. `version`: of this gobool. Throws GB_RUN_CANCELLED. */
export async function runReport(run: StoredRun, equity: Curve, version: string, place: ReportPlace): Promise<Report> {
  const [{ charts, notes }, assets] = await Promise.all([chartFeeds(run, place), pageAssets()]);
  return { page: renderRunHtml(run.summary, { ...run, equity, charts, chartNotes: notes, version }, assets), notes };
}

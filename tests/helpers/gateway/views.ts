/** What services answer to a gateway. */
import type { CaseDetailView, CaseView } from '../../../src/cluster/contracts/http/case-view.ts';
import type { RunSummaryView } from '../../../src/cluster/contracts/http/run-view.ts';

export const RUN = 'r-0123456789abcdef01234567';
export const CASE = 'c-0123456789abcdef01234567';

export const runView = (fields: Partial<RunSummaryView> = {}): RunSummaryView => ({
  runId: RUN,
  version: 2,
  state: 'running',
  kind: 'run',
  name: 'sma',
  keyId: 'k-0123456789ab',
  submittedMs: 1_700_000_000_000,
  atMs: 1_700_000_000_500,
  tasks: { total: 1, completed: 0, failed: 0, running: 1 },
  position: null,
  ...fields,
});

const caseView = (fields: Partial<CaseView> = {}): CaseView => ({
  caseId: CASE,
  kind: 'task',
  state: 'open',
  code: 'GB_TASK_WORKERS_LOST',
  message: 'Three workers vanished.',
  fingerprint: '0123456789ab',
  service: 'command',
  runId: RUN,
  attempts: 3,
  atMs: 1_700_000_000_000,
  ...fields,
});

export const caseDetail = (fields: Partial<CaseView> = {}): CaseDetailView => ({
  ...caseView(fields),
  headers: { type: 'task.start.v1' },
  body: Buffer.from('{}').toString('base64'),
});

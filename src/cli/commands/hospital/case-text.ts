/** One case for a person: what is wrong, where, what fell ill as it was, and what can be done. */
import type { CaseDetailView } from '../../../cluster/contracts/http/case-view.ts';
import { durationText } from '../../../runtime/report/format.ts';
import { factsText } from '../../output/facts.ts';
import type { Output } from '../../output/output.ts';
import { momentAgeText } from '../../output/quantities.ts';
import { wrap } from '../../output/wrap.ts';
import { shortId } from '../on-cluster/short-ids.ts';
import { stateStyle } from '../on-cluster/state-style.ts';
import { bodyText } from './body-text.ts';

export function caseText(found: CaseDetailView, { paint, columns, nowMs }: Output): string {
  const { caseId, kind, state, code, message, headers, body } = found;
  const shownState = paint(stateStyle(state) ?? 'bold', state);
  const headerFacts = Object.entries(headers);
  const blocks = [
    `Case ${paint('cyan', caseId)}, a ${kind}, is ${shownState}`,
    wrap(`${code} ${message}`, columns).join('\n').replace(code, paint('red', code)),
    factsText(factsOf(found, nowMs()), paint),
    headerFacts.length > 0 && `${paint('bold', 'Headers')}\n${factsText(headerFacts, paint)}`,
    body !== '' && `${paint('bold', kind === 'task' ? 'Specification' : 'Body')}\n${bodyText(body)}`,
    (state === 'open' || state === 'retrying') && whatToDo(found),
  ];
  return blocks.filter(block => block !== false).join('\n\n');
}

function factsOf(found: CaseDetailView, nowMs: number): readonly (readonly [string, string | undefined])[] {
  const { service, type, place, runId, taskId, keyId, correlationId, attempts, atMs, nextMs, fingerprint } = found;
  const again = nextMs === undefined ? '' : `, again in ${durationText(Math.max(0, nextMs - nowMs))}`;
  return [
    ['met by', service],
    ['message', type],
    ['place', place],
    ['run', runId],
    ['task', taskId],
    ['key', keyId],
    ['request', correlationId],
    ['since', momentAgeText(atMs, nowMs)],
    ['tries', `${attempts}${again}`],
    ['cause', fingerprint],
  ];
}

function whatToDo({ caseId, code }: CaseDetailView): string {
  const id = shortId(caseId);
  return [
    `\`gobool hospital retry ${id}\` does it again, \`gobool hospital discard ${id}\` gives it up;`,
    `\`gobool explain ${code}\` tells what the code means.`,
  ].join('\n');
}

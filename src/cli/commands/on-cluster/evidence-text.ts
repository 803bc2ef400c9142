import type { TaskEvidence } from '../../../cluster/client/run-follower.ts';
import { durationText } from '../../../runtime/report/format.ts';
import { note } from '../../../runtime/report/notes.ts';
import type { TextStyle } from '../../../runtime/report/style.ts';

/** Who ran it, below a result: `worker  w-0123456789ab, process 4711, CPU 1, attempt 1, 41 ms`. */
export function evidenceText({ worker, pid, cpu, attempts, elapsedMs }: TaskEvidence, style: TextStyle): string {
  const parts = [
    worker ?? 'unknown',
    ...(pid === null ? [] : [`process ${pid}`]),
    ...(cpu === null ? [] : [`CPU ${cpu}`]),
    `attempt ${attempts}`,
    durationText(elapsedMs),
  ];
  return `${note('worker', parts.join(', '), style).join('\n')}\n`;
}

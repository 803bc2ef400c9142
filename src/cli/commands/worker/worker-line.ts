/** A line of the log of workers, for a person: what each of them does, and what goes wrong. */
import type { Paint } from '../../output/colour.ts';
import { shortTaskId } from '../on-cluster/short-ids.ts';

/** What `pino` writes, as far as it is read here. */
interface Entry {
  readonly level: number;
  readonly msg: string;
  readonly workerId?: string;
  readonly cpu?: number | null;
  readonly taskId?: string;
  readonly verdict?: string;
  readonly how?: string | number;
  readonly err?: { readonly message?: string };
}

export interface WorkerLine {
  /** Absent where it is nothing to tell. */
  readonly text?: string;
  /** Absent where the line is no entry of a log. */
  readonly entry?: object;
  /** It tells of the end of a task. */
  readonly isTask: boolean;
}

const WARNING = 40;

export function workerLine(line: string, paint: Paint): WorkerLine {
  const entry = parsed(line);
  if (entry === undefined) return { text: line, isTask: false };
  const text = entryText(entry, paint);
  return { entry, isTask: entry.verdict !== undefined, ...(text !== undefined && { text }) };
}

function entryText({ level, msg, workerId, cpu, taskId, verdict, how, err }: Entry, paint: Paint): string | undefined {
  const who = paint('cyan', workerId ?? 'pool');
  if (level >= WARNING) {
    const why = err?.message ?? how;
    return `${who} ${paint(level > WARNING ? 'red' : 'yellow', msg)}${why === undefined ? '' : `: ${why}`}`;
  }
  if (msg === 'listens') return `${who} listens${cpu == null ? '' : ` on CPU ${cpu}`}`;
  if (taskId === undefined || verdict === undefined) return undefined;
  return `${who} ${shortTaskId(taskId)} ${paint(verdict === 'DONE' ? 'green' : 'red', verdict)}`;
}

function parsed(line: string): Entry | undefined {
  try {
    const value: Partial<Entry> | null = JSON.parse(line);
    return typeof value?.level === 'number' && typeof value.msg === 'string' ? (value as Entry) : undefined;
  } catch {
    return undefined;
  }
}

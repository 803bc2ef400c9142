/** Which processors workers are pinned to. */
import { readFileSync } from 'node:fs';
import { GoboolError } from '../../../runtime/base/error.ts';
import { TASK_PARTITIONS } from '../../contracts/cluster-objects.ts';

/** Those on which this process may run, by number; none where the system is not Linux. */
export function allowedCpus(): readonly number[] {
  try {
    const status = readFileSync('/proc/self/status', 'latin1');
    return cpuList(/^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '');
  } catch {
    return [];
  }
}

/** `0-2,5` is 0, 1, 2, 5. */
export function cpuList(text: string): readonly number[] {
  return text.split(',').flatMap(range => {
    const [first, last = first] = range.split('-').map(Number);
    if (range === '' || first === undefined || last === undefined) return [];
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

/**
 * One for each of `slots` workers, in turn where there are more workers than processors; null where none is known.
 * Throws `GB_SERVICE_SETTINGS`.
 */
export function cpusOfSlots(slots: string, cpus: readonly number[]): readonly (number | null)[] {
  const count = Number(slots);
  if (!Number.isInteger(count) || count < 1 || count > TASK_PARTITIONS)
    throw new GoboolError('GB_SERVICE_SETTINGS', `GOBOOL_WORKER_SLOTS is ${slots}, not 1 to ${TASK_PARTITIONS}.`);
  return Array.from({ length: count }, (_, i) => cpus[i % cpus.length] ?? null);
}

/**
 * Writes the views again, from the log and, where that has forgotten, from the artifacts, and proves that they hold
 * what those say. The log is replayed into documents of its own, then what is kept is brought to them one by one, so
 * readers notice nothing. Pieces never change: they are stored, if absent, where they belong.
 */
import type { Bus, Message } from '../../../ports/bus.ts';
import { readableFact } from '../facts.ts';
import type { FilingPorts } from '../filing/file-task.ts';
import type { WriterProgress } from '../live/writer-progress.ts';
import { isIntact, storeFacts } from '../store/store-facts.ts';
import type { Views } from '../store/views.ts';
import { repairOthers, repairRuns, repairTasks } from './repair-documents.ts';
import { repairPieces } from './repair-pieces.ts';
import { replayLog } from './replay-log.ts';

export interface RebuildPorts extends FilingPorts {
  readonly bus: Bus;
  /** For the replay; empty at its end. */
  readonly fresh: Views;
  readonly progress: Pick<WriterProgress, 'caughtUp'>;
}

export interface Rebuilt {
  /** That were replayed. */
  readonly messages: number;
  /** That these gave. */
  readonly runs: number;
  readonly tasks: number;
  /** Of completed tasks, hashed again. */
  readonly pieces: number;
  /** Documents that were missing or different, and tasks that came back from their artifacts. */
  readonly restored: number;
  /** Completed tasks whose pieces are not what their workers made, and are nowhere else. */
  readonly differences: readonly string[];
}

/** `signal`: it may not go on; throws its reason. */
export async function rebuild(ports: RebuildPorts, signal: AbortSignal): Promise<Rebuilt> {
  const { bus, views, fresh, progress } = ports;
  await clear(fresh);
  const into = { ...fresh, pieces: views.pieces, conflicts: views.conflicts };
  const take = async (messages: readonly Message[]): Promise<void> => {
    const facts = messages.map(readableFact).filter(fact => fact !== undefined);
    await storeFacts(
      into,
      facts.filter(fact => fact.type !== 'piece' || isIntact(fact)),
    );
  };
  const messages = await replayLog(bus, take, signal);
  // What is shown is then at least as new as the replay.
  await progress.caughtUp();
  const runs = await repairRuns(views, fresh);
  const tasks = await repairTasks(views, fresh);
  const others = await repairOthers(views, fresh);
  // Whoever may by now has cleared what this was compared with, so that nothing seemed to differ.
  signal.throwIfAborted();
  await clear(fresh);
  await views.rankings.clear();
  const { pieces, restored, lost } = await repairPieces(ports, () => progress.caughtUp());
  return {
    ...{ messages, runs: runs.found, tasks: tasks.found, pieces },
    restored: runs.restored + tasks.restored + others + restored,
    differences: lost,
  };
}

async function clear(fresh: Views): Promise<void> {
  await Promise.all(Object.values(fresh).map((documents: { clear(): Promise<void> }) => documents.clear()));
}

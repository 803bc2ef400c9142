/** Keeps `cluster.json`, `live.json` and the daemon's log in step with what happens. Writes only what is new. */
import { logFile } from '../cluster-folder.ts';
import type { ComponentName, ComponentState } from '../component.ts';
import { readProcess } from '../native/process-table.ts';
import { type ClusterRecord, writeRecord } from '../state/cluster-record.ts';
import { type LiveRecord, writeLive } from '../state/live-record.ts';
import { rotateLog } from './log-file.ts';
import type { Supervisor } from './supervisor.ts';

export interface JournalParts {
  readonly dir: string;
  readonly record: ClusterRecord;
  /** Path of the control socket. */
  readonly socket: string;
  readonly supervisor: Supervisor;
  readonly log: (line: string) => void;
}

export class Journal {
  readonly #parts: JournalParts;
  readonly #states = new Map<ComponentName, ComponentState>();
  readonly #written = new Map<'record' | 'live', string>();
  readonly #daemon = { pid: process.pid, startedAt: readProcess(process.pid)?.startedAt ?? '' };
  readonly #onChange = () => this.write();

  constructor(parts: JournalParts) {
    this.#parts = parts;
    parts.supervisor.changes.on('change', this.#onChange);
  }

  write(): void {
    const { dir, supervisor } = this.#parts;
    this.#logChanges();
    this.#writeNew('record', this.#record(), record => writeRecord(dir, record));
    if (!supervisor.isStopping) this.#writeNew('live', this.#live(), live => writeLive(dir, live));
  }

  /** Nothing is written afterwards. */
  close(): void {
    this.write();
    this.#parts.supervisor.changes.off('change', this.#onChange);
  }

  #record(): ClusterRecord {
    const { record, supervisor } = this.#parts;
    const origins = supervisor.runners.flatMap(({ component, origin }) => (origin ? [[component.name, origin]] : []));
    return { ...record, wanted: supervisor.wanted, origins: Object.fromEntries(origins) };
  }

  #live(): LiveRecord {
    const { socket, supervisor } = this.#parts;
    const processes = supervisor.runners.flatMap(({ component, instance }) =>
      instance === undefined ? [] : [[component.name, { pid: instance.pid, startedAt: instance.startedAt }]],
    );
    return { daemon: this.#daemon, socket, processes: Object.fromEntries(processes) };
  }

  #writeNew<T>(what: 'record' | 'live', value: T, write: (value: T) => void): void {
    const text = JSON.stringify(value);
    if (this.#written.get(what) === text) return;
    try {
      write(value);
      this.#written.set(what, text);
    } catch (error) {
      // A full disk must not end the one that looks after the engines; the next change tries again.
      this.#parts.log(`${what} could not be written: ${error}`);
    }
  }

  #logChanges(): void {
    const { dir, supervisor, log } = this.#parts;
    for (const { component, life } of supervisor.runners) {
      const before = this.#states.get(component.name) ?? 'off';
      if (before === life.state) continue;
      this.#states.set(component.name, life.state);
      const reason = life.problem === null ? '' : ` (${life.problem.code} ${life.problem.message})`;
      log(`${component.name}: ${before} -> ${life.state}${reason}`);
    }
    rotateLog(logFile(dir, 'daemon'));
  }
}

/**
 * Looks after all components of one cluster: who is wanted, who waits for whom, who stops before whom. What one
 * component goes through is `life.ts`; nothing here knows an engine.
 */
import { EventEmitter, once } from 'node:events';
import { urlOf } from '../addresses.ts';
import type { ClusterFacts } from '../cluster-facts.ts';
import type { ClusterStatus, ComponentStatus } from '../cluster-status.ts';
import type { Component, ComponentName } from '../component.ts';
import type { Driver, Instance, Origin } from '../driver.ts';
import { ComponentRunner } from './component-runner.ts';
import { rotateLog } from './log-file.ts';

export interface SupervisorParts {
  readonly driver: Driver;
  readonly facts: ClusterFacts;
  readonly components: readonly Component[];
  /** Of engines that ran before, for those that are adopted. */
  readonly origins: Readonly<Partial<Record<ComponentName, Origin>>>;
}

/** A look costs a few milliseconds of every engine: its memory is counted page by page. */
const USAGE_EVERY_MS = 10_000;
const DRIFT_EVERY_MS = 60_000;

export class Supervisor {
  /** Emits `change` whenever the status did, and `end` when nobody looks after it any more. */
  readonly changes = new EventEmitter<{ change: []; end: [] }>().setMaxListeners(0);
  readonly runners: readonly ComponentRunner[];
  readonly #parts: SupervisorParts;
  readonly #wanted = new Set<ComponentName>();
  #timers: readonly NodeJS.Timeout[] = [];
  #isStopping = false;

  constructor(parts: SupervisorParts) {
    this.#parts = parts;
    const untilReady = (component: Component, signal: AbortSignal) => this.#untilReady(component, signal);
    const onChange = () => void this.changes.emit('change');
    const world = { driver: parts.driver, facts: parts.facts, untilReady, onChange };
    this.runners = parts.components.map(component => new ComponentRunner(component, world));
  }

  /** Takes over what runs already, and begins to look after it; to be called once, before anything else. */
  adopt(running: ReadonlyMap<ComponentName, Instance>): void {
    for (const runner of this.runners) {
      const { name } = runner.component;
      const instance = running.get(name);
      runner.origin = this.#parts.origins[name] ?? null;
      if (instance === undefined) continue;
      this.#wanted.add(name);
      runner.adopt(instance);
    }
    this.#timers = [
      setInterval(() => void this.#lookAfter(), USAGE_EVERY_MS),
      setInterval(() => this.#lookForDrift(), DRIFT_EVERY_MS),
    ];
  }

  /** Starts what is not running of these and of what they need, and returns all of them. */
  up(names: readonly ComponentName[]): readonly ComponentName[] {
    const asked = withNeeds(names, this.#parts.components);
    for (const name of asked) this.#wanted.add(name);
    for (const name of asked) this.runnerOf(name).apply({ type: 'wanted' });
    return asked;
  }

  restart(name: ComponentName): void {
    this.#wanted.add(name);
    this.runnerOf(name).apply({ type: 'restart' });
  }

  /** Stops everything, each after those that need it. Resolves when nothing runs. */
  async down(): Promise<void> {
    this.#isStopping = true;
    this.#wanted.clear();
    for (const timer of this.#timers) clearInterval(timer);
    await Promise.all(this.runners.map(runner => this.#stopInTurn(runner)));
    await Promise.all(this.runners.map(runner => runner.untilQuiet()));
  }

  get wanted(): readonly ComponentName[] {
    return this.runners.map(({ component }) => component.name).filter(name => this.#wanted.has(name));
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  runnerOf(name: ComponentName): ComponentRunner {
    const runner = this.runners.find(({ component }) => component.name === name);
    if (runner === undefined) throw new Error(`no component ${name}`);
    return runner;
  }

  status(): ClusterStatus {
    const { driver, facts } = this.#parts;
    const components = this.runners.map(runner => this.#statusOf(runner));
    const state = this.#isStopping ? 'stopping' : stateOf(components.filter(({ name }) => this.#wanted.has(name)));
    return { name: facts.name, id: facts.id, driver: driver.name, state, daemonPid: process.pid, components };
  }

  #statusOf({ component, life, usage, origin, progress, drift }: ComponentRunner): ComponentStatus {
    const { name, needs } = component;
    const { ports } = this.#parts.facts;
    const { state, sinceMs, pid, restarts, probe, problem, tookMs } = life;
    const { memoryBytes, cpu } = usage;
    const place = { port: ports[name], url: urlOf(name, ports), origin };
    const known = { name, needs, state, sinceMs, pid, ...place, memoryBytes, cpu, restarts };
    return { ...known, probe, problem, progress, tookMs, drift };
  }

  /** A download of minutes must not count as a slow start of those that need what is downloaded. */
  async #untilReady({ after, needs }: Component, signal: AbortSignal): Promise<void> {
    const stateOf = (name: ComponentName) => this.runnerOf(name).life.state;
    const isReady = () =>
      after.every(name => stateOf(name) === 'healthy') && needs.every(name => stateOf(name) !== 'fetching');
    await this.#until(isReady, signal);
  }

  async #stopInTurn(runner: ComponentRunner): Promise<void> {
    const { name } = runner.component;
    const dependants = this.runners.filter(({ component }) => component.needs.includes(name));
    await this.#until(() => dependants.every(({ life }) => life.state === 'off'));
    runner.apply({ type: 'unwanted' });
    await this.#until(() => runner.life.state === 'off');
  }

  async #until(isSo: () => boolean, signal?: AbortSignal): Promise<void> {
    while (!isSo()) await once(this.changes, 'change', { ...(signal !== undefined && { signal }) });
  }

  async #lookAfter(): Promise<void> {
    const { driver, facts } = this.#parts;
    try {
      for (const { component } of this.runners) rotateLog(driver.logFile(component.name, facts));
    } catch {
      // The disk is full; the next look tries again.
    }
    await Promise.all(this.runners.map(({ usage, instance }) => usage.look(instance)));
  }

  #lookForDrift(): void {
    for (const runner of this.runners) void runner.lookForDrift();
  }
}

/** The names and everything that they need, in the order of reports. */
export function withNeeds(names: readonly ComponentName[], components: readonly Component[]): readonly ComponentName[] {
  const all = new Set(names);
  for (const name of all) for (const needed of components.find(it => it.name === name)?.needs ?? []) all.add(needed);
  return components.map(({ name }) => name).filter(name => all.has(name));
}

function stateOf(wanted: readonly ComponentStatus[]): ClusterStatus['state'] {
  if (wanted.every(({ state }) => state === 'healthy')) return 'healthy';
  const isOnItsWay = ({ state }: ComponentStatus) =>
    ['healthy', 'fetching', 'starting', 'initialising'].includes(state);
  return wanted.every(isOnItsWay) ? 'starting' : 'degraded';
}

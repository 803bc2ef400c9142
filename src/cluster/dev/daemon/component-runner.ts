/**
 * Lives the life of one component: does what `life.ts` says, one activity at a time, and tells it what came of it.
 * Whatever an activity still brings after it was replaced is dropped, except a process, which is ended.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { ClusterFacts } from '../cluster-facts.ts';
import type { Component, ComponentClient } from '../component.ts';
import type { Driver, FetchProgress, Instance, Origin } from '../driver.ts';
import { checkPorts } from '../state/ports.ts';
import { type Activity, type Life, type LifeEvent, type Moment, newLife, nextStep } from './life.ts';
import { lastLines } from './log-file.ts';
import { isFinal, makeProblem, problemOf } from './problem.ts';
import { UsageMeter } from './usage-meter.ts';
import { within } from './within.ts';

const LIMITS = { checkMs: 1500, initialiseMs: 30_000, probeMs: 15_000, driftMs: 10_000, closeMs: 1000 } as const;
const NEVER = new AbortController().signal;

export interface Surroundings {
  readonly driver: Driver;
  readonly facts: ClusterFacts;
  /** Resolves once the components that must come before are healthy. */
  readonly untilReady: (component: Component, signal: AbortSignal) => Promise<void>;
  /** Something of its status changed. */
  readonly onChange: () => void;
}

const now = (): Moment => ({ epochMs: Date.now(), steadyMs: performance.now() });

export class ComponentRunner {
  readonly component: Component;
  life: Life = newLife(now());
  origin: Origin | null = null;
  progress: FetchProgress | null = null;
  drift: readonly string[] | null = null;
  readonly usage = new UsageMeter();
  instance: Instance | undefined;
  readonly #world: Surroundings;
  #client: ComponentClient | undefined;
  #activity = new AbortController();
  /** Resolves when the last activity has ended. */
  #quiet: Promise<void> = Promise.resolve();

  constructor(component: Component, world: Surroundings) {
    this.component = component;
    this.#world = world;
  }

  /** Takes over what an earlier daemon left running. */
  adopt(instance: Instance): void {
    this.#hold(instance, 'adopted');
  }

  apply(event: LifeEvent): void {
    const before = this.life;
    const { life, activity } = nextStep(before, event, now());
    this.life = life;
    if (activity !== undefined) this.#begin(activity);
    if (life.state === 'healthy' && before.state !== 'healthy') this.#lookCloser();
    if (life !== before) this.#world.onChange();
  }

  /** Resolves when nothing is under way any more, for example after it became `off`. */
  async untilQuiet(): Promise<void> {
    for (let seen: unknown; seen !== this.#quiet; ) {
      seen = this.#quiet;
      await this.#quiet;
    }
  }

  /** Compares with the declared schema; what cannot be compared now stays as it was. */
  async lookForDrift(): Promise<void> {
    if (this.life.state !== 'healthy') return;
    try {
      this.drift = await within(LIMITS.driftMs, NEVER, this.#open().drift);
      this.#world.onChange();
    } catch {
      // A component that does not answer is told of by its check.
    }
  }

  /** What is worth knowing as soon as it is healthy, and costs too much to look at every second. */
  #lookCloser(): void {
    void this.usage.look(this.instance);
    void this.lookForDrift();
  }

  get lastLogLines(): readonly string[] {
    return lastLines(this.#world.driver.logFile(this.component.name, this.#world.facts));
  }

  #begin(activity: Activity): void {
    this.#activity.abort();
    this.#activity = new AbortController();
    const { signal } = this.#activity;
    this.#quiet = this.#quiet.then(() => this.#perform(activity, signal));
  }

  async #perform(activity: Activity, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    try {
      const event = await this.#outcomeOf(activity, signal);
      if (event !== undefined && !signal.aborted) this.apply(event);
    } catch (error) {
      if (signal.aborted) return;
      const problem = problemOf(this.component.name, error, this.lastLogLines);
      if (activity.type === 'check') this.apply({ type: 'missed', problem });
      else this.apply({ type: 'refused', problem, isFinal: isFinal(error) });
    }
  }

  #outcomeOf(activity: Activity, signal: AbortSignal): Promise<LifeEvent | undefined> {
    switch (activity.type) {
      case 'fetch':
        return this.#fetch(signal);
      case 'launch':
        return this.#launch(signal);
      case 'check':
        return this.#check(activity.afterMs, signal);
      case 'prove':
        return this.#prove(activity.afterMs, signal);
      case 'rest':
        return pause(activity.afterMs, { type: 'rested' }, { signal });
      case 'stop':
        return this.#stop();
      case 'kill':
        this.instance?.kill();
        return Promise.resolve(undefined);
      case 'nothing':
        return this.#close();
    }
  }

  async #fetch(signal: AbortSignal): Promise<LifeEvent> {
    const show = (progress: FetchProgress | null) => {
      this.progress = progress;
      this.#world.onChange();
    };
    try {
      this.origin = await this.#world.driver.fetch(this.component.name, show, signal);
      await this.#world.untilReady(this.component, signal);
    } finally {
      show(null);
    }
    return { type: 'fetched' };
  }

  /** What runs already is taken as it is: a daemon that was killed may have launched it in its last moment. */
  async #launch(signal: AbortSignal): Promise<undefined> {
    const { driver, facts } = this.#world;
    const { name } = this.component;
    const running = await driver.find(name, facts);
    if (running === undefined) await checkPorts([name], facts.ports);
    const instance = running ?? (await driver.start(name, facts, signal));
    if (signal.aborted) await instance.stop();
    else this.#hold(instance, 'launched');
  }

  #hold(instance: Instance, type: 'launched' | 'adopted'): void {
    this.instance = instance;
    void instance.ended.then(how => {
      if (this.instance !== instance) return;
      this.instance = undefined;
      const problem = makeProblem('GB_CLUSTER_FAILED', `${this.component.name} ended: ${how}.`, this.lastLogLines);
      this.apply({ type: 'died', problem });
    });
    this.apply({ type, pid: instance.pid });
  }

  async #check(afterMs: number, signal: AbortSignal): Promise<LifeEvent> {
    await pause(afterMs, undefined, { signal });
    await within(LIMITS.checkMs, signal, this.#open().check);
    return { type: 'answered' };
  }

  async #prove(afterMs: number, signal: AbortSignal): Promise<LifeEvent> {
    await pause(afterMs, undefined, { signal });
    const client = this.#open();
    await within(LIMITS.initialiseMs, signal, client.initialise);
    return { type: 'proved', evidence: await within(LIMITS.probeMs, signal, client.probe) };
  }

  /** The end itself is told by `died`. */
  async #stop(): Promise<undefined> {
    await this.#close();
    await this.instance?.stop();
  }

  #open(): ComponentClient {
    this.#client ??= this.component.open(this.#world.facts);
    return this.#client;
  }

  async #close(): Promise<undefined> {
    const client = this.#client;
    this.#client = undefined;
    if (client !== undefined) await within(LIMITS.closeMs, NEVER, client.close).catch(() => {});
  }
}

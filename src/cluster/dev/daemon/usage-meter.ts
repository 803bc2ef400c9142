/** Memory of an engine, and the share of a core that it used between two looks. */
import type { Instance } from '../driver.ts';

export class UsageMeter {
  memoryBytes: number | null = null;
  cpu: number | null = null;
  #last: { readonly instance: Instance; readonly cpuMs: number; readonly atMs: number } | undefined;

  /** Without an instance, or with one that is gone, nothing is known. */
  async look(instance: Instance | undefined): Promise<void> {
    const usage = await instance?.usage().catch(() => undefined);
    if (instance === undefined || usage === undefined) return this.#forget();
    const atMs = performance.now();
    const last = this.#last?.instance === instance ? this.#last : undefined;
    this.memoryBytes = usage.memoryBytes;
    this.cpu = last === undefined ? null : Math.max(0, (usage.cpuMs - last.cpuMs) / (atMs - last.atMs));
    this.#last = { instance, cpuMs: usage.cpuMs, atMs };
  }

  #forget(): void {
    this.memoryBytes = null;
    this.cpu = null;
    this.#last = undefined;
  }
}

/** Fetches by hash all that a task names. */
import type { TaskSpec } from '../../contracts/run-spec.ts';
import type { SandboxTask } from '../../sandbox/sandbox.ts';
import type { ArtifactCache } from './artifact-cache.ts';

/** Throws what `Artifacts` throws. */
export async function loadTask(spec: TaskSpec, artifacts: ArtifactCache): Promise<SandboxTask> {
  const bundle = artifacts.get(spec.bundle).then(bytes => bytes.toString('utf8'));
  if (spec.kind === 'describe') return { spec, bundle: await bundle, datasets: new Map() };
  const hashes = [spec.input, ...new Set(spec.datasets)];
  const [text, [input, ...frames]] = await Promise.all([bundle, Promise.all(hashes.map(hash => artifacts.get(hash)))]);
  const datasets = new Map(frames.map((frame, i) => [hashes[i + 1] ?? '', frame]));
  return { spec, bundle: text, ...(input !== undefined && { input }), datasets };
}

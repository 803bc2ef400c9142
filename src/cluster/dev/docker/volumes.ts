/**
 * Which volume holds a component's data. A file in the cluster's folder names it, where natively the data itself
 * would lie: whoever deletes that folder has deleted the data, in Docker as well, and the next start gets a new
 * volume.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeFileAtomic } from '../../../runtime/host/files.ts';
import type { ClusterFacts } from '../cluster-facts.ts';
import { dataDir } from '../cluster-folder.ts';
import type { EngineName } from '../component.ts';
import { type EngineApi, withLabels } from './engine-api.ts';
import { componentLabels, composeProject } from './labels.ts';

const GONE = 404;
const IN_USE = 409;

/** Makes the file where there is none. */
export async function volumeOf(name: EngineName, facts: ClusterFacts): Promise<string> {
  const file = join(dataDir(facts.dir, name), 'docker-volume');
  const known = await readFile(file, 'utf8').catch(() => '');
  if (known !== '') return known.trim();
  const volume = `${composeProject(facts)}_${name}-${randomBytes(4).toString('hex')}`;
  await mkdir(dirname(file), { recursive: true });
  writeFileAtomic(file, [Buffer.from(`${volume}\n`)]);
  return volume;
}

/** Removes the volumes of data that was deleted. */
export async function removeOldVolumes(
  engine: EngineApi,
  name: EngineName,
  facts: ClusterFacts,
  current: string | undefined,
): Promise<void> {
  const { Volumes } = (await engine.call('GET', `/volumes?${withLabels(componentLabels(name, facts))}`)) as Answer;
  const old = (Volumes ?? []).filter(({ Name }) => Name !== current);
  const tolerated = [GONE, IN_USE];
  await Promise.all(old.map(({ Name }) => engine.call('DELETE', `/volumes/${Name}`, { tolerated })));
}

interface Answer {
  readonly Volumes: readonly { readonly Name: string }[] | null;
}

/**
 * Stops the run at once where there is no usable Docker; fails it at the end where a container, network or volume is
 * left.
 */
import { findDocker } from '../../src/cluster/dev/docker/find-docker.ts';
import { dockerObjects } from './docker-objects.ts';

const KINDS = ['containers', 'networks', 'volumes'] as const;

const present = async () => (await Promise.all(KINDS.map(kind => dockerObjects(kind, 'gobool.cluster')))).flat();

export async function setup(): Promise<() => Promise<void>> {
  await findDocker(process.env);
  const before = await present();
  return async () => {
    const left = (await present()).filter(name => !before.includes(name));
    if (left.length > 0) throw new Error(`Left behind by the tests: ${left.join(', ')}`);
  };
}

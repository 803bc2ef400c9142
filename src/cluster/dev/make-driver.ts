/** The driver of a cluster. With either one gobool's services are processes; Docker has the engines. */
import { isService, SERVICE_NAMES } from './component.ts';
import type { Driver, DriverName } from './driver.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Loads no more than it needs. Throws `GB_CLUSTER_DRIVER` for native engines where this is not Linux. */
export async function makeDriver(name: DriverName, env: Environment): Promise<Driver> {
  const { nativeDriver, sweepProcesses } = await import('./native/native-driver.ts');
  if (name === 'native') return nativeDriver(env);
  const { dockerDriver } = await import('./docker/docker-driver.ts');
  const containers = dockerDriver(env);
  /** Made when a service is asked for, which is only on Linux. */
  const processes = () => nativeDriver(env);
  return {
    name: 'docker',
    fetch: (name, ...rest) => (isService(name) ? processes().fetch(name, ...rest) : containers.fetch(name, ...rest)),
    start: (name, ...rest) => (isService(name) ? processes().start(name, ...rest) : containers.start(name, ...rest)),
    find: (name, ...rest) => (isService(name) ? processes().find(name, ...rest) : containers.find(name, ...rest)),
    sweep: async facts => [...(await sweepProcesses(facts, SERVICE_NAMES)), ...(await containers.sweep(facts))],
    logFile: (name, facts) => (isService(name) ? processes().logFile(name, facts) : containers.logFile(name, facts)),
  };
}

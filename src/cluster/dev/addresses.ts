/** Where a component is reached from this machine. Never holds a password. */
import type { Ports } from './cluster-facts.ts';
import type { ComponentName } from './component.ts';

const URLS: Readonly<Record<ComponentName, (ports: Ports) => string>> = {
  kafka: ({ kafka }) => `127.0.0.1:${kafka}`,
  connect: ({ connect }) => `http://127.0.0.1:${connect}`,
  streams: ({ streams }) => `http://127.0.0.1:${streams}`,
  mongodb: ({ mongodb }) => `mongodb://127.0.0.1:${mongodb}/?directConnection=true`,
  postgres: ({ postgres }) => `postgresql://gobool@127.0.0.1:${postgres}/gobool`,
  etcd: ({ etcd }) => `http://127.0.0.1:${etcd}`,
  gateway: ({ gateway }) => `http://127.0.0.1:${gateway}`,
  command: ({ command }) => `http://127.0.0.1:${command}`,
  worker: ({ worker }) => `http://127.0.0.1:${worker}`,
  join: ({ join }) => `http://127.0.0.1:${join}`,
};

export const urlOf = (name: ComponentName, ports: Ports): string => URLS[name](ports);

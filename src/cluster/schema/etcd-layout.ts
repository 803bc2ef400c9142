/** The keys that gobool keeps in etcd, all below one prefix, their values JSON. */

/** Changes whenever a key changes its meaning, so that an older and a newer gobool never misread each other. */
export const ETCD_LAYOUT_VERSION = 1;

export const ETCD_KEYS = {
  /** `{"version": 1}`: the version of this layout. */
  layout: '/gobool/layout',
  /** `<random id>`: written by a probe under a lease of its own, gone within seconds. */
  probes: '/gobool/probes/',
  /** `<name>/<incarnation>`: where a replica of a service answers; under its lease. */
  services: '/gobool/services/',
  /** `<worker id>`: an idle worker's offer; under its lease. */
  workers: '/gobool/workers/',
  /** `<number>`: which worker has this partition of topic `tasks`; under its lease. */
  partitions: '/gobool/partitions/',
  /** `<key id>`: an API key without its secret. */
  keys: '/gobool/keys/',
  /** `<work>`: who does it now, where only one may; under its lease. */
  locks: '/gobool/locks/',
  /** `api`: the secret under which the secrets of API keys are hashed. */
  secrets: '/gobool/secrets/',
} as const;

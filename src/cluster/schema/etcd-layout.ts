/** The keys that gobool keeps in etcd, all below one prefix, their values JSON. */

/** Changes whenever a key changes its meaning, so that an older and a newer gobool never misread each other. */
export const ETCD_LAYOUT_VERSION = 1;

export const ETCD_KEYS = {
  /** `{"version": 1}`: the version of this layout. */
  layout: '/gobool/layout',
  /** `<random id>`: written by a probe under a lease of its own, gone within seconds. */
  probes: '/gobool/probes/',
} as const;

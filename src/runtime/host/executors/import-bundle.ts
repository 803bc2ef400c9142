/** Loads a bundle's text as a module of this thread. */

import { GoboolError } from '../../base/error.ts';
import { ABI, type BundleModule } from '../../bundle/abi.ts';

/** What stacks call the file of a bundle; where a tool has changed how Node prints stacks, the URL stands there. */
export const BUNDLE_NAME = 'gobool:bundle';
export const BUNDLE_URL = 'data:text/javascript;base64,';

let importCount = 0;

/** A fresh copy on each call: nothing of an earlier run is left in the variables of its files. Throws GB_BUNDLE_ABI. */
export async function importBundle(code: string): Promise<BundleModule> {
  const text = Buffer.from(`${code}\n//# sourceURL=${BUNDLE_NAME}`).toString('base64');
  const bundle = (await import(`${BUNDLE_URL}${text}#${importCount++}`)) as BundleModule;
  if (bundle.abi === ABI) return bundle;
  const found = bundle.abi === undefined ? 'no ABI' : `ABI ${bundle.abi}`;
  throw new GoboolError('GB_BUNDLE_ABI', `The bundle has ${found}; this gobool runs ABI ${ABI}.`);
}

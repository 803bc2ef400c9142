/**
 * Loads a bundle's text as a module of this thread. A module hook hands Node the text: a data URL, the only other way
 * from memory, takes four times as long for the size of a bundle, and Node keeps no compiled code for it.
 */
import { createRequire, registerHooks } from 'node:module';
import { GoboolError } from '../../base/error.ts';
import { ABI, type BundleModule } from '../../bundle/abi.ts';

/** What stacks call the file of a bundle, before a number. */
export const BUNDLE_URL = 'gobool:bundle/';

const require = createRequire(import.meta.url);
let importCount = 0;

/** A fresh copy on each call: nothing of an earlier run is left in the variables of its files. Throws GB_BUNDLE_ABI. */
export function importBundle(code: string): BundleModule {
  const url = `${BUNDLE_URL}${importCount++}`;
  const hooks = registerHooks({
    resolve: (name, context, next) =>
      name === url ? { url, format: 'module', shortCircuit: true } : next(name, context),
    load: (name, context, next) =>
      name === url ? { source: code, format: 'module', shortCircuit: true } : next(name, context),
  });
  try {
    return checked(require(url) as BundleModule);
  } finally {
    hooks.deregister();
  }
}

function checked(bundle: BundleModule): BundleModule {
  if (bundle.abi === ABI) return bundle;
  const found = bundle.abi === undefined ? 'no ABI' : `ABI ${bundle.abi}`;
  throw new GoboolError('GB_BUNDLE_ABI', `The bundle has ${found}; this gobool runs ABI ${ABI}.`);
}

/** Undefined where it has been removed meanwhile, as from another terminal. */
export function workingFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

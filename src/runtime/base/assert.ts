/** A programmer's assumption that did not hold: a bug in gobool, never bad input, which gets a `GoboolError`. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/** Checks a programmer's assumption. */
export function assert(condition: unknown, claim: string): asserts condition {
  if (!condition) throw new AssertionError(`gobool is wrong about this: ${claim}`);
}

/** Checks a programmer's assumption. A failure is a bug in gobool, never bad input: bad input gets a `GoboolError`. */
export function assert(condition: unknown, claim: string): asserts condition {
  if (!condition) throw new Error(`gobool is wrong about this: ${claim}`);
}

/** Marks the branch that an exhaustive switch can never reach. */
export function assertNever(value: never): never {
  throw new Error(`gobool is wrong about this: ${JSON.stringify(value)} is not a known case`);
}

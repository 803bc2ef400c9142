/** The name of what `console.log` shows of an object instead of its fields, which would be the engine's own. */
export const INSPECT: unique symbol = Symbol.for('nodejs.util.inspect.custom');

/** `Function` inside a strategy: for `instanceof` and prototypes. Code made from text would see the host's globals. */
import { GoboolError } from '../../base/error.ts';

function refuse(): never {
  throw new GoboolError('GB_STRATEGY_FORBIDDEN', 'A strategy may not make code from text with Function().', {
    hint: 'Write the function out. In an npm package: choose a version or a package without it.',
  });
}

export const RunFunction: FunctionConstructor = new Proxy(globalThis.Function, { apply: refuse, construct: refuse });

/** Where gobool's own descriptions of engines lie: `engines/` at the root of the package, beside `src` and `dist`. */
import { fileURLToPath } from 'node:url';

export const ENGINE_FILES = fileURLToPath(
  new URL('engines/', import.meta.url.replace(/(.*)\/(?:src|dist)\/.*/, '$1/')),
);

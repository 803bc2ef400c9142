/** Stops `npm test` at once where a system package is missing. With `--install-command` it prints how to get them. */
import { APT_LINE, missingPackages } from './system-packages.ts';

if (process.argv.includes('--install-command')) console.log(APT_LINE);
else {
  const missing = missingPackages();
  if (missing.length > 0) {
    console.error(`The tests need ${missing.join(', ')}. On Debian and Ubuntu, as root:\n\n  ${APT_LINE}\n`);
    process.exitCode = 1;
  }
}

import { bug, entries, machine } from './entry.ts';

/** The machine or gobool itself failed. */
export const MACHINE_ERRORS = entries({
  GB_INTERNAL: bug(
    'gobool has a bug.',
    'Something happened that its authors thought impossible.',
    'Please report it with the output of `gobool doctor` and the stack shown with GOBOOL_DEBUG=1.',
  ),
  GB_DISK_FULL: machine(
    'The disk is full.',
    'A file could not be written whole; nothing that existed before was changed.',
    'Free some space, then run the command again.',
  ),
  GB_PERMISSION: machine(
    'A file or folder may not be read or written.',
    'The operating system refused the access.',
    'Check the owner and the permissions of the path shown; `gobool backtest --no-store` writes nothing.',
  ),
  GB_RUN_CANCELLED: machine(
    'The work was stopped before it was done.',
    'Ctrl-C or a request to terminate reached gobool; what was not finished is not stored.',
    'Run the command again.',
  ),
});

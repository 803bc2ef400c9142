/** The command line of a sandbox: everything that the process inside can see, and nothing else. */
import { CHILD_FILE, CHILD_INSIDE, THREAD_INSIDE } from './child-code.ts';
import { findProgram, type HostFacts } from './host-facts.ts';
import type { SandboxOptions } from './sandbox.ts';

/** Descriptors of the two texts, before they become files inside. */
export const CHILD_CODE_PIPE = 5;
export const THREAD_CODE_PIPE = 6;

const NODE_INSIDE = '/gobool/node';
/** Node lets threads read what lies below the working directory, whatever its flags say. */
const HOME_INSIDE = '/gobool';
const NOBODY = '65534';
/** `/tmp` inside. */
const TEMPORARY_BYTES = 16 * 1024 * 1024;

/** A second wall behind the first: Node itself refuses files, processes and native code. */
const NODE_FLAGS = ['--permission', '--allow-fs-read=/gobool/*', '--allow-worker', '--no-warnings'];

/** Program and arguments. */
export function sandboxCommand(facts: HostFacts, { cpu }: SandboxOptions): readonly string[] {
  return [
    ...(cpu === undefined ? [] : [facts.taskset, '-c', String(cpu)]),
    // Root inside of a user namespace would be root for the host's files; nobody is nobody on both sides.
    ...(facts.isRoot ? [facts.setpriv, '--reuid', NOBODY, '--regid', NOBODY, '--clear-groups'] : []),
    facts.bubblewrap,
    ...namespaces(),
    ...files(facts),
    NODE_INSIDE,
    ...NODE_FLAGS,
    CHILD_INSIDE,
  ];
}

/** Only where a person says so: the same program without walls. */
export function unsafeCommand({ cpu }: SandboxOptions): readonly string[] {
  const pinned = cpu === undefined ? [] : [findProgram('taskset', 'apt install util-linux'), '-c', String(cpu)];
  return [...pinned, process.execPath, '--no-warnings', CHILD_FILE];
}

function namespaces(): readonly string[] {
  return [
    ...['--unshare-all', '--die-with-parent', '--new-session', '--clearenv'],
    ...['--uid', NOBODY, '--gid', NOBODY, '--cap-drop', 'ALL', '--hostname', 'sandbox'],
  ];
}

/** The last two make everything but `/tmp` read-only, shared memory in `/dev` included. */
function files({ node, libraries }: HostFacts): readonly string[] {
  return [
    ...libraries.flatMap(path => ['--ro-bind', path, path]),
    ...['--ro-bind-try', '/etc/ld.so.cache', '/etc/ld.so.cache'],
    ...['--ro-bind', node, NODE_INSIDE],
    ...['--ro-bind-data', String(CHILD_CODE_PIPE), CHILD_INSIDE],
    ...['--ro-bind-data', String(THREAD_CODE_PIPE), THREAD_INSIDE],
    ...['--proc', '/proc', '--dev', '/dev', '--size', String(TEMPORARY_BYTES), '--tmpfs', '/tmp'],
    ...['--chdir', HOME_INSIDE, '--remount-ro', '/dev', '--remount-ro', '/'],
  ];
}

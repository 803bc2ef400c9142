/** The process around one call: streams, signals, the exit. Commands touch none of these. */
import type { CommandDefinition } from './define-command.ts';
import type { TextStream } from './output/output.ts';
import { runCli } from './run-cli.ts';
import { listenForSignals } from './signals.ts';
import { workingFolder } from './working-folder.ts';

export async function runProcess(commands: readonly CommandDefinition[]): Promise<never> {
  let lost: Error | undefined;
  process.stdout.on('error', error => {
    if (!isClosedPipe(error)) lost ??= error;
  });
  process.stderr.on('error', () => {}); // There is nobody left to tell.
  // What a strategy prints then flows away: its thread would wait for a reader for ever, and the command for it.
  process.stderr.on('unpipe', printed => printed.resume());
  const exitCode = await runCli({
    commands,
    argv: process.argv.slice(2),
    env: process.env,
    cwd: workingFolder(),
    stdout: textStream(process.stdout),
    stderr: textStream(process.stderr),
    screen: process.stderr.isTTY ? process.stderr : undefined,
    keyboard: () => (process.stdin.isTTY ? { keys: process.stdin, interrupt } : undefined),
    nowMs: Date.now,
    interruption: listenForSignals(code => process.exit(code)),
  });
  await Promise.all([process.stdout, process.stderr].map(flushed));
  if (lost !== undefined) await tellLost(lost);
  process.exit(exitCode || Number(lost !== undefined));
}

const interrupt = () => void process.kill(process.pid, 'SIGINT');

function textStream(stream: NodeJS.WriteStream): TextStream {
  return { write: text => stream.write(text), isTTY: stream.isTTY, columns: stream.columns };
}

/** The reader of a pipe may leave early, as `head` does; the work goes on and is stored. */
function isClosedPipe(error: NodeJS.ErrnoException): boolean {
  return error.code === 'EPIPE';
}

/** An answer that did not arrive, on a full disk for instance, is said and is an error. */
async function tellLost(error: Error): Promise<void> {
  const { errorText, reportError } = await import('./errors.ts');
  const { toFileError } = await import('../runtime/host/files.ts');
  const report = reportError(toFileError(error, 'stdout'), { debug: false, signalExitCode: undefined });
  process.stderr.write(`${errorText(report, (_style, text) => text)}\n`);
  await flushed(process.stderr);
}

/** Pipes may take their time; an exit would cut them off. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise(resolve => stream.write('', () => resolve()));
}

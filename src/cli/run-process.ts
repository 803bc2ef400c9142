/** The process around one call: streams, signals, the exit. Commands touch none of these. */
import type { CommandDefinition } from './define-command.ts';
import type { TextStream } from './output/output.ts';
import { runCli } from './run-cli.ts';
import { listenForSignals } from './signals.ts';

export async function runProcess(commands: readonly CommandDefinition[]): Promise<never> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);
  const exitCode = await runCli({
    commands,
    argv: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    stdout: textStream(process.stdout),
    stderr: textStream(process.stderr),
    screen: process.stderr.isTTY ? process.stderr : undefined,
    keyboard: () => (process.stdin.isTTY ? { keys: process.stdin, interrupt } : undefined),
    nowMs: Date.now,
    interruption: listenForSignals(code => process.exit(code)),
  });
  await Promise.all([process.stdout, process.stderr].map(flushed));
  process.exit(exitCode);
}

const interrupt = () => void process.kill(process.pid, 'SIGINT');

function textStream(stream: NodeJS.WriteStream): TextStream {
  return { write: text => stream.write(text), isTTY: stream.isTTY, columns: stream.columns };
}

/** The reader of a pipe may leave early, as `head` does; the work goes on and is stored. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** Pipes may take their time; an exit would cut them off. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise(resolve => stream.write('', () => resolve()));
}

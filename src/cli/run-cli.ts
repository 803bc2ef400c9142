/** One call of the program: argv in, output and an exit code out. Every way a command can end passes here. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { GoboolError } from '../runtime/base/error.ts';
import { hasFlag, type Invocation, parseCommandLine } from './command-line.ts';
import type { CommandContext } from './context.ts';
import type { CommandDefinition } from './define-command.ts';
import { createOutput, type Output, type OutputMode, type Terminal } from './output/output.ts';
import type { Reply } from './output/reply.ts';
import { findProject } from './project.ts';
import type { Interruption } from './signals.ts';

export interface Call extends Terminal {
  readonly commands: readonly CommandDefinition[];
  readonly argv: readonly string[];
  /** Undefined: it is gone. */
  readonly cwd: string | undefined;
  readonly interruption: Interruption;
}

export async function runCli(call: Call): Promise<number> {
  const { argv, commands, env, cwd, interruption } = call;
  const out = createOutput(call, outputMode(argv), hasFlag(argv, '--no-color'));
  let type = 'gobool';
  let interruptNote = 'Stopping. Press Ctrl-C again to stop without cleaning up.';
  interruption.onFirst = () => {
    if (interruptNote !== '') out.note(interruptNote);
  };
  try {
    const invocation = parseCommandLine(argv, commands);
    if (invocation.kind === 'run') {
      type = invocation.command.name.replace(' ', '-');
      interruptNote = interruptNoteOf(invocation) ?? interruptNote;
    }
    if (cwd === undefined) throw goneFolder();
    const context = { out, signal: interruption.signal, cwd, env, projectDir: findProject(cwd) };
    const reply = await answer(invocation, commands, context);
    await print(type, reply, out);
    return interruption.exitCode() ?? reply.exitCode ?? 0;
  } catch (error) {
    return await printError(type, error, call, out);
  }
}

function goneFolder(): GoboolError {
  return new GoboolError('GB_PERMISSION', 'The folder that you are in does not exist any more.', {
    hint: 'Go to a folder that exists (`cd`), then run the command again.',
  });
}

function interruptNoteOf({ command, input }: Invocation & { readonly kind: 'run' }): string | undefined {
  const { interruptNote } = command;
  return typeof interruptNote === 'function' ? interruptNote(input) : interruptNote;
}

async function answer(
  invocation: Invocation,
  commands: readonly CommandDefinition[],
  context: CommandContext,
): Promise<Reply> {
  if (invocation.kind === 'run') return (await invocation.command.load())(invocation.input, context);
  if (invocation.kind === 'version') return (await import('./version.ts')).versionReply();
  const { helpText } = await import('./help.ts');
  const text = () => helpText(commands, invocation.name, context.out);
  return { data: { commands: commands.map(({ name, summary }) => ({ name, summary })) }, text };
}

async function print(type: string, reply: Reply, out: Output): Promise<void> {
  if (out.mode === 'text') {
    const text = reply.text();
    return text === '' ? undefined : out.write(text);
  }
  const { replyDocument } = await import('./output/documents.ts');
  const document = replyDocument(type, reply);
  if (out.mode === 'json') out.json(document);
  else out.event(type, reply.runId ?? null, document);
}

async function printError(type: string, error: unknown, call: Call, out: Output): Promise<number> {
  const { argv, commands, env, interruption } = call;
  const { errorText, reportError } = await import('./errors.ts');
  // Ctrl-C goes to a whole group: a child's end by it may be seen before the signal itself, which this turn brings.
  await nextTurn();
  const debug = env.GOBOOL_DEBUG === '1';
  const command = calledCommand(argv, commands);
  const report = reportError(error, { debug, signalExitCode: interruption.exitCode(), command });
  const { errorDocument } = await import('./output/documents.ts');
  if (out.mode === 'text') out.note(errorText(report, out.paintError));
  else if (out.mode === 'json') out.json(errorDocument(type, report));
  else out.event(type, null, errorDocument(type, report));
  return report.exitCode;
}

/** Also where the command line could not be parsed: its help is what helps. A group, as `run`, has help of its own. */
function calledCommand([first, second]: readonly string[], commands: readonly CommandDefinition[]): string | undefined {
  const isKnown = (name: string) => commands.some(command => `${command.name} `.startsWith(`${name} `));
  return [`${first} ${second}`, `${first}`].find(isKnown);
}

function outputMode(argv: readonly string[]): OutputMode {
  if (hasFlag(argv, '--json')) return 'json';
  return hasFlag(argv, '--ndjson') ? 'ndjson' : 'text';
}

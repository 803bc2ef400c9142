/**
 * argv → what was asked for. Commander parses; it prints nothing, exits nothing and runs nothing.
 * Throws `GB_USAGE` for everything that commander refuses.
 */
import { Command, CommanderError } from 'commander';
import { GoboolError } from '../runtime/base/error.ts';
import type { ArgumentDefinition, CommandDefinition, OptionDefinition } from './define-command.ts';
import type { RawInput } from './define-handler.ts';

export type Invocation =
  /** `name`: a command, the first word of several, or '' for all of them. */
  | { readonly kind: 'help'; readonly name: string }
  | { readonly kind: 'version' }
  | { readonly kind: 'run'; readonly command: CommandDefinition; readonly input: RawInput };

/** Flags that every command takes. They act before anything is parsed, so that parse errors obey them too. */
export const GLOBAL_OPTIONS: readonly OptionDefinition[] = [
  { flags: '--json', summary: 'Print one JSON document' },
  { flags: '--no-color', summary: 'Print without colours' },
  { flags: '-h, --help', summary: 'Show help' },
  { flags: '-V, --version', summary: 'Show the version' },
];

/** Whether a global flag was given, before `--`. */
export function hasFlag(argv: readonly string[], flag: string): boolean {
  const end = argv.indexOf('--');
  return (end === -1 ? argv : argv.slice(0, end)).includes(flag);
}

export function parseCommandLine(argv: readonly string[], table: readonly CommandDefinition[]): Invocation {
  let invocation: Invocation = { kind: 'help', name: '' };
  const choose = (chosen: Invocation) => {
    invocation = chosen;
  };
  const program = buildProgram(table, choose);
  try {
    program.parse(argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.version') return { kind: 'version' };
    if (!error.code.startsWith('commander.help')) throw usageError(error);
  }
  return invocation;
}

function buildProgram(table: readonly CommandDefinition[], choose: (chosen: Invocation) => void): Command {
  const program = prepare(new Command('gobool'), '', choose);
  program.option('--json').option('--no-color').version('', '-V, --version');
  for (const definition of table) addCommand(program, definition, choose);
  return program;
}

function addCommand(program: Command, definition: CommandDefinition, choose: (chosen: Invocation) => void): void {
  const words = definition.name.split(' ');
  const leaf = words.reduce((parent, word, depth) => {
    const known = parent.commands.find(command => command.name() === word);
    return known ?? prepare(parent.command(word), words.slice(0, depth + 1).join(' '), choose);
  }, program);
  for (const argument of definition.args ?? []) leaf.argument(argument.name);
  for (const option of definition.options ?? []) addOption(leaf, option);
  leaf.action(() => {
    const values = leaf.processedArgs.map((value, index) => [argumentKey(definition.args?.[index]), value]);
    choose({ kind: 'run', command: definition, input: { ...Object.fromEntries(values), ...leaf.opts() } });
  });
}

/** Errors are thrown, nothing is printed, and a call for help is remembered under the command's name. */
function prepare(command: Command, name: string, choose: (chosen: Invocation) => void): Command {
  return command
    .exitOverride()
    .allowExcessArguments(false)
    .helpCommand(false)
    .configureOutput({ writeOut: () => {}, writeErr: () => {}, outputError: () => {} })
    .configureHelp({
      formatHelp: () => {
        choose({ kind: 'help', name });
        return '';
      },
    });
}

function addOption(command: Command, option: OptionDefinition): void {
  if (!option.repeat) command.option(option.flags);
  else command.option(option.flags, '', (value: string, before: string[] = []) => [...before, value]);
}

function argumentKey(argument: ArgumentDefinition | undefined): string {
  return argument?.name.replace(/[<>[\].]/g, '') ?? '';
}

/** `error: unknown option '--fe'\n(Did you mean --fee?)` becomes a sentence. */
function usageError(error: CommanderError): GoboolError {
  const [sentence = '', suggestion] = error.message.replace(/^error: /, '').split('\n');
  const message = `${sentence.charAt(0).toUpperCase()}${sentence.slice(1).replace(/\.$/, '')}.`;
  const file = /^unknown command '(.+\.[cm]?[jt]s)'/.exec(sentence)?.[1];
  const hint = file && `A strategy is run by \`gobool backtest ${file}\`.`;
  const whole = suggestion === undefined ? message : `${message} ${suggestion.slice(1, -1)}`;
  return new GoboolError('GB_USAGE', whole, { ...(hint && { hint }) });
}

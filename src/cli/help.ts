/** Help texts, made from the table of commands alone. */
import { GLOBAL_OPTIONS } from './command-line.ts';
import type { CommandDefinition, Example } from './define-command.ts';
import type { Paint } from './output/colour.ts';
import { wrap } from './output/wrap.ts';

export interface HelpStyle {
  readonly paint: Paint;
  readonly columns: number;
}

type Row = readonly [left: string, right: string];

const WIDTH_MAX = 100;

/** `name`: a command, the first words of several, or '' for all. */
export function helpText(table: readonly CommandDefinition[], name: string, style: HelpStyle): string {
  const command = table.find(entry => entry.name === name);
  if (command !== undefined) return commandHelp(command, style);
  return listHelp(
    table.filter(entry => name === '' || entry.name.startsWith(`${name} `)),
    name,
    style,
  );
}

function listHelp(commands: readonly CommandDefinition[], name: string, style: HelpStyle): string {
  const groups = Map.groupBy(commands, command => command.group);
  const usage = ['gobool', name, '<command> [options]'].filter(word => word !== '').join(' ');
  const width = leftWidth(commands.map(command => call(command)));
  return page([
    name === '' && `${style.paint('bold', 'gobool')} backtests trading strategies written in TypeScript.`,
    section('Usage', [`  ${usage}`], style),
    ...[...groups].map(([group, members]) => section(group, columns(members.map(toRow), style, width), style)),
    globalSection(style, width),
    `${style.paint('dim', 'More about one command: ')}gobool <command> --help`,
  ]);
}

function commandHelp(command: CommandDefinition, style: HelpStyle): string {
  const args = (command.args ?? []).map((entry): Row => [entry.name, entry.summary]);
  const options = (command.options ?? []).map((entry): Row => [entry.flags, entry.summary]);
  const width = leftWidth([...args, ...options].map(([left]) => left));
  const examples = (command.examples ?? []).flatMap(entry => example(entry, style));
  const usage = `  gobool ${call(command)}${options.length > 0 ? ' [options]' : ''}`;
  return page([
    `${style.paint('bold', `gobool ${command.name}`)}\n${command.summary}.`,
    command.description && wrap(command.description, textWidth(style)).join('\n'),
    section('Usage', [usage], style),
    args.length > 0 && section('Arguments', columns(args, style, width), style),
    options.length > 0 && section('Options', columns(options, style, width), style),
    globalSection(style, width),
    examples.length > 0 && section('Examples', examples, style),
  ]);
}

function globalSection(style: HelpStyle, width: number): string {
  const rows = GLOBAL_OPTIONS.map((entry): Row => [entry.flags, entry.summary]);
  return section('Every command', columns(rows, style, width), style);
}

function toRow(command: CommandDefinition): Row {
  return [call(command), command.summary];
}

/** `data import <file>` */
function call(command: CommandDefinition): string {
  return [command.name, ...(command.args ?? []).map(argument => argument.name)].join(' ');
}

function example(entry: Example, style: HelpStyle): readonly string[] {
  return [`  ${style.paint('dim', `# ${entry.note}`)}`, `  ${style.paint('cyan', entry.command)}`];
}

function section(title: string, lines: readonly string[], style: HelpStyle): string {
  return [style.paint('bold', title), ...lines].join('\n');
}

/** Two columns; the right one wraps. */
function columns(rows: readonly Row[], style: HelpStyle, width: number): readonly string[] {
  const gutter = ' '.repeat(width + 4);
  return rows.flatMap(([left, right]) => {
    const [first = '', ...rest] = wrap(right, Math.max(30, textWidth(style) - gutter.length));
    const start = left.length > width ? [`  ${style.paint('cyan', left)}`, `${gutter}${first}`] : undefined;
    const line = `  ${style.paint('cyan', left)}${' '.repeat(Math.max(0, width - left.length))}  ${first}`;
    return [...(start ?? [line]), ...rest.map(more => `${gutter}${more}`)];
  });
}

function leftWidth(lefts: readonly string[]): number {
  return Math.max(
    ...GLOBAL_OPTIONS.map(option => option.flags.length),
    ...lefts.map(left => Math.min(left.length, 34)),
  );
}

function textWidth(style: HelpStyle): number {
  return Math.min(style.columns, WIDTH_MAX);
}

function page(blocks: readonly (string | false | undefined)[]): string {
  return blocks.filter(Boolean).join('\n\n');
}

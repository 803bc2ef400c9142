/** What can follow what on a command line, from the table of commands. The scripts of all shells are made from it. */
import type { CommandDefinition, Completes, OptionDefinition } from '../define-command.ts';

export interface Grammar {
  /** Every word that may follow `gobool`, and every group's own: `run` is followed by `ls`. */
  readonly steps: readonly Step[];
  readonly commands: readonly CompletedCommand[];
}

/** The words that may follow `after`; '' is the start of the line. */
export interface Step {
  readonly after: string;
  readonly words: readonly { readonly word: string; readonly summary: string }[];
}

export interface CompletedCommand {
  /** `backtest`, `run show`. */
  readonly name: string;
  /** For all its arguments: those of one command are of one kind. */
  readonly argument: Candidates;
  readonly options: readonly CompletedOption[];
}

export interface CompletedOption {
  /** `-y`, `--yes`. */
  readonly names: readonly string[];
  readonly summary: string;
  readonly repeat: boolean;
  /** Absent: the option takes no value. */
  readonly value?: Candidates;
}

export interface Candidates {
  readonly words: readonly string[];
  /** Ending of files, `*` for all of them. */
  readonly files?: string;
  readonly folders: boolean;
  /** What the shell itself looks up in the project, so that no key waits for a process to start. */
  readonly inProject?: InProject;
}

const IN_PROJECT = ['datasets', 'runs', 'results', 'clusters'] as const;

type InProject = (typeof IN_PROJECT)[number];

/** Words that stand for names: of metrics, of error codes, of shipped datasets. */
export type KnownNames = Readonly<Record<NonNullable<Completes['names']>, readonly string[]>>;

export function grammarOf(
  commands: readonly CommandDefinition[],
  globalOptions: readonly OptionDefinition[],
  known: KnownNames,
): Grammar {
  return {
    steps: stepsOf(commands),
    commands: commands.map(({ name, args = [], options = [] }) => ({
      name,
      argument: candidates(Object.assign({}, ...args.map(({ completes }) => completes)), known),
      options: [...options, ...globalOptions].map(option => completedOption(option, known)),
    })),
  };
}

function stepsOf(commands: readonly CommandDefinition[]): readonly Step[] {
  const split = commands.map(({ name, summary }) => ({ words: name.split(' '), summary }));
  const groups = Map.groupBy(split, ({ words }) => words[0] ?? '');
  const first = [...groups].map(([word, members]) => {
    const [only] = members;
    const isCommand = only?.words.length === 1;
    return { word, summary: isCommand ? only.summary : members.map(({ words }) => words[1]).join(', ') };
  });
  const second = [...groups].flatMap(([after, members]) => {
    const words = members.flatMap(({ words: [, word], summary }) => (word === undefined ? [] : [{ word, summary }]));
    return words.length === 0 ? [] : [{ after, words }];
  });
  return [{ after: '', words: first }, ...second];
}

/** `run|data`: a pattern of the words that need a second one. */
export function groupsOf(steps: readonly Step[]): string {
  return steps.flatMap(({ after }) => (after === '' ? [] : [after])).join('|');
}

function completedOption({ flags, summary, repeat = false, completes }: OptionDefinition, known: KnownNames) {
  const [names = '', value] = flags.split(/ *[<[]/);
  return {
    names: names.split(/, */),
    summary,
    repeat,
    ...(value !== undefined && { value: candidates(completes ?? {}, known) }),
  };
}

function candidates({ words = [], files, folders = false, names }: Completes, known: KnownNames): Candidates {
  const inProject = IN_PROJECT.find(known => known === names);
  return {
    words: names === undefined ? words : [...new Set([...words, ...known[names]])],
    folders,
    ...(files !== undefined && { files }),
    ...(inProject && { inProject }),
  };
}

/**
 * A command is data: what help shows, what the parser accepts, and where its code is.
 * The table of commands is part of every start, so a definition imports nothing heavy; `load` brings the handler.
 */
import type { Handler, RawInput } from './define-handler.ts';

export interface ArgumentDefinition {
  /** `<strategy>` is required, `[folder]` optional, `<run...>` takes several. */
  readonly name: string;
  readonly summary: string;
  readonly completes?: Completes;
}

/** What shells offer for a value. The parts add up; without any the value is free text. */
export interface Completes {
  readonly words?: readonly string[];
  /** Files with this ending: `.csv`; `*` for all. */
  readonly files?: `.${string}` | '*';
  readonly folders?: boolean;
  /** Names that the project or gobool itself knows. */
  readonly names?: 'datasets' | 'runs' | 'results' | 'clusters' | 'metrics' | 'objectives' | 'error codes';
}

export interface OptionDefinition {
  /** `--fee <model>`, `--json`, `-y, --yes`. The value reaches the handler under its camel-case name. */
  readonly flags: string;
  readonly summary: string;
  /** The flag may be given several times; the handler gets a list. */
  readonly repeat?: boolean;
  readonly completes?: Completes;
}

export interface Example {
  readonly command: string;
  readonly note: string;
}

export interface CommandDefinition {
  /** The words that call it: `init`, `data import`. */
  readonly name: string;
  /** Heading that `gobool --help` lists it under. */
  readonly group: 'Start' | 'Results' | 'Data' | 'Cluster' | 'Help';
  /** One line, an imperative sentence without a full stop. */
  readonly summary: string;
  /** What the summary leaves out; paragraphs for `--help`. */
  readonly description?: string;
  readonly args?: readonly ArgumentDefinition[];
  readonly options?: readonly OptionDefinition[];
  readonly examples?: readonly Example[];
  /** What the first Ctrl-C says, where it ends less than everything; '' for nothing. */
  readonly interruptNote?: string | ((input: RawInput) => string | undefined);
  readonly load: () => Promise<Handler>;
}

export function defineCommand(definition: CommandDefinition): CommandDefinition {
  return definition;
}

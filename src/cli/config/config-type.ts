/** The type of `gobool.config.ts`: `export default { cash: 50_000, fee: '10bps' } satisfies Config`. */

/**
 * Settings of a project, or of a user in `$XDG_CONFIG_HOME/gobool/config.ts`.
 * Flags are stronger, then `GOBOOL_` variables, then the project's file, then the user's, then what the strategy says.
 */
export interface Config {
  /**
   * Dataset of every strategy, or one per feed: `'stock.SPY.usa@1d'`, `{ spy: 'spy.csv', ief: 'stock.IEF.usa@1d' }`.
   */
  readonly data?: string | Readonly<Record<string, string>>;
  /** Starting cash in the quote currency. Default 100,000. */
  readonly cash?: number;
  /** `10bps`, `0.1%`, `0.005/share,min=1`, `1.5` a fill, `maker=2bps,taker=5bps` or `none`, the default. */
  readonly fee?: string;
  /** `2bps` of the price, `0.01` in price units, or `none`, the default. */
  readonly slippage?: string;
  /** Smallest quantity step of every product; 0 allows fractions. Default: the product's own. */
  readonly lot?: number;
  /** Default false: a short order is rejected. */
  readonly allowShort?: boolean;
  /** Gross exposure is at most this many times equity. Default 1. */
  readonly leverage?: number;
  /**
   * Equity below this fraction of gross exposure is a margin call: all positions are closed at the next open. At most
   * 1 / leverage. Default: none.
   */
  readonly maintenanceMargin?: number;
  /** What short positions cost a year, as a fraction of their value: 0.03. Default: none. */
  readonly borrow?: number;
  /** What cash earns a year, as a fraction: 0.02. Default: none. */
  readonly interest?: number;
  /** What cash that is owed costs a year. Default: as `interest`. */
  readonly marginInterest?: number;
  /** Whether prices are scaled back for splits and dividends. Default `adjusted`. */
  readonly prices?: 'adjusted' | 'raw';
  /** Seed of `Math.random` inside strategies, a whole number. Default 1. */
  readonly seed?: number;
  /** Where a run executes. `inline` has no time and memory limits. Default `thread`. */
  readonly executor?: 'inline' | 'thread';
  /** Largest share of a bar's volume that a fill may take, above 0 and at most 1. Default: no cap. */
  readonly maxParticipation?: number;
  /** Whether a limit order fills when the price trades through it, or already when it touches it. Default `through`. */
  readonly limitFill?: 'through' | 'touch';
  /** Whether a target is sized at the price of the fill, or at the close it was decided on. Default `fill`. */
  readonly sizing?: 'fill' | 'decision';
  /** A dataset to compare results with: `'stock.SPY.usa@1d'`. Default: holding what the strategy trades. */
  readonly benchmark?: string;
  /** How statistics are computed: gobool's own way, or that of another engine. Default `native`. */
  readonly metrics?: 'native' | 'lean' | 'backtesting.py';
  /** What a run in a thread may use. */
  readonly limits?: {
    /** Longest time for one bar, milliseconds. */
    readonly barTimeoutMs?: number;
    /** Heap and array buffers together, megabytes. */
    readonly memoryMb?: number;
  };
  /** What the services of the project's cluster are told. A service takes it up when it starts. */
  readonly cluster?: ClusterConfig;
}

export interface ClusterConfig {
  /** Address that is told by a POST of cases of the error hospital and of alerts. Default: nobody is. */
  readonly webhook?: string;
  /** From which value on the webhook is told of a metric, by its name; docs/observability.md has the usual ones. */
  readonly thresholds?: Readonly<Record<string, { readonly warning?: number; readonly error?: number }>>;
  /**
   * What becomes of a case of the error hospital, by the code of its error; `*`: of all others. Default: it is tried
   * again after 1 s, 5 s and 30 s, then it waits for a person.
   */
  readonly policies?: Readonly<Record<string, CasePolicy>>;
  /** So many tasks of one API key may wait or run at once. */
  readonly pendingTasks?: number;
}

export interface CasePolicy {
  /** Pauses before it is tried again by itself, milliseconds. Default 1,000, 5,000, 30,000. */
  readonly retryMs?: readonly number[];
  /** When all that failed: it waits for a person; it does, and the webhook is told (`notify`); or it is given up. */
  readonly finally: 'person' | 'notify' | 'ignore';
}

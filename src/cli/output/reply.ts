/** What a command answers. The frame prints it once, as text or as one JSON document. */
export interface Reply {
  /** `data` of the JSON document; plain JSON values. */
  readonly data: unknown;
  /** The same for a person, called only where a person reads; '' where all is said. */
  readonly text: () => string;
  /** `warnings` of the JSON document; the text shows them where they belong. */
  readonly warnings?: readonly { readonly code: string; readonly message: string }[];
  /** The run it is about, for `--ndjson`. */
  readonly runId?: string;
  /** Default 0. 6 where a gate failed: the answer stands all the same. */
  readonly exitCode?: number;
}

/** One step of the database's schema. Once released it never changes: its checksum is kept where it was applied. */
export interface Migration {
  /** `001-probes`; the order of names is the order of steps. */
  readonly name: string;
  /** One or more statements, applied in one transaction. */
  readonly sql: string;
}

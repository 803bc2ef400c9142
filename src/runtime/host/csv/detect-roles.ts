/** What each column of a file means: by the names given or found, else by position. */
import { type ColumnLook, type ColumnRole, rolesOfNames } from './column-names.ts';
import { rolesOfPositions } from './column-positions.ts';
import { csvFormatError, namedColumns } from './csv-errors.ts';
import { placesOf } from './csv-layout.ts';
import type { CsvOptions } from './csv-options.ts';
import { isClock } from './detect-time-format.ts';

const HINT = 'Say what the columns are: --columns time,open,high,low,close,volume with "-" for one to ignore.';

/** What is known about a file when its columns are asked for. */
interface Head {
  /** The first data rows, all of `width` fields. */
  readonly rows: readonly string[][];
  /** Undefined for a file without a header. */
  readonly names: readonly string[] | undefined;
  readonly width: number;
}

/** One role a column, with all but `volume` found. Throws GB_CSV_FORMAT. */
export function detectRoles({ rows, names, width }: Head, options: CsvOptions): readonly ColumnRole[] {
  const given = options.columns ?? names;
  if (given !== undefined && given.length > width) {
    throw csvFormatError(options, `${given.length} columns are named, but its rows have ${width}.`, HINT);
  }
  const texts = (column: number): string[] => rows.map(row => row[column] ?? '');
  const look: ColumnLook = {
    isClock: column => isClock(texts(column)),
    isZero: column => texts(column).every(text => Number(text) === 0),
  };
  const roles =
    given === undefined ? rolesOfPositions(rows, width) : rolesOfNames(given, look, given === options.columns);
  if (roles === undefined) {
    throw csvFormatError(options, `what do the columns of "${(rows[0] ?? []).join(' ')}" mean?`, HINT);
  }
  if (given !== undefined && given === names) refuseTwins(roles, given, options);
  const places = placesOf(roles);
  const missing = (['time', 'open', 'high', 'low', 'close'] as const).filter(role => places[role] < 0);
  if (missing.length === 0) return roles;
  const found = namedColumns(given ?? []);
  throw csvFormatError(options, `no column for ${missing.join(', ')} among ${found}.`, HINT);
}

/** pandas writes the prices of several products side by side, and says in the next row whose they are. */
function refuseTwins(roles: readonly ColumnRole[], names: readonly string[], options: CsvOptions): void {
  for (const role of ['open', 'high', 'low', 'close'] as const) {
    const name = names[roles.indexOf(role)];
    const count = names.filter(other => other === name).length;
    if (name !== undefined && count > 1) throw csvFormatError(options, `${count} columns are called "${name}".`, HINT);
  }
}

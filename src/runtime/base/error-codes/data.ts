import { data, entries, usage } from './entry.ts';

/** Data that is missing, unreadable or wrong. */
export const DATA_ERRORS = entries({
  GB_DATA_MISSING: data(
    'There is no such dataset or file.',
    'A reference is a path that ends in .csv, a dataset of the project, or a shipped sample.',
    'List what exists with `gobool data ls`.',
  ),
  GB_DATA_EMPTY: data(
    'There are no bars.',
    'The dataset is empty, or no bar lies in the range asked for.',
    'See the range with `gobool data show <name>`, then change --from and --to.',
  ),
  GB_DATA_CORRUPT: data(
    'A stored dataset is damaged.',
    'Its bytes are not those that were written: the disk, or a program that changed the file.',
    'Import it again with `gobool data import`.',
  ),
  GB_DATA_BAD_ROWS: data(
    'Some rows of the file are not usable as bars.',
    'With --strict one bad row refuses the import; without it, bad rows are listed and skipped.',
    'Correct the lines shown, or import without --strict.',
  ),
  GB_DATA_FORMAT: data(
    'The file does not have the form it should have.',
    'It is not the archive, the table or the factor file that was announced.',
    'Check the file and the --format option; see `gobool data import --help`.',
  ),
  GB_DATA_INTERVAL: data(
    'The length of the bars is unknown or impossible.',
    'An interval is one of 1s 5s 1m 5m 15m 1h 4h 1d 1w. It is found from the times where they tell.',
    'Name it at the import: `gobool data import bars.csv --product stock.ACME.usa --interval 1d`. The CSV file of a ' +
      'run tells it by its name: `stock.ACME.usa@1d.csv`.',
  ),
  GB_DATA_PRODUCT: data(
    'This is not the name of a product.',
    'A product is named {market}.{symbol}.{locale}, for example stock.SPY.usa or crypto.BTCUSDT.global.',
    'Name it market.symbol.locale, in the letters a to z, digits, dots, - and _: `--product stock.SPY.usa`.',
  ),
  GB_EXPORT_EXISTS: usage(
    'The file to export to exists already.',
    'An export never overwrites a file unasked.',
    'Name another file, or overwrite it with `--force`.',
  ),
  GB_CSV_FORMAT: data(
    'A CSV file cannot be understood.',
    'Its columns, its times or its very format could not be made out from its first rows.',
    'Say what the columns and the times are: `--columns time,open,high,low,close,volume --time-format ymd`.',
  ),
  GB_PARQUET_FORMAT: data(
    'A Parquet file cannot be read.',
    'It is damaged or cut off, packed in a way that gobool does not unpack, or its columns are not those of bars.',
    'Say what the columns are with `--columns`, or write the file anew with Snappy or Zstandard.',
  ),
  GB_JSON_FORMAT: data(
    'A JSON file cannot be understood.',
    'It is not JSON, or its records, columns or times could not be made out.',
    'Write it as an array of objects or as one object a line; name the columns with `--columns`.',
  ),
  GB_CSV_AMBIGUOUS_DATE: data(
    'The dates of a CSV file can be read in two ways.',
    'Day and month are both 12 or less in every row, so that 03/04/2015 may be in March or in April.',
    'Say which comes first: `--time-format dmy` or `--time-format mdy`.',
  ),
  GB_CSV_OPTION: usage(
    'An option for reading CSV files means nothing.',
    'A column has an unknown name, the delimiter is not one character, or the time zone is not in the IANA database.',
    'See `gobool data import --help`.',
  ),
});

/** Errors of a bundle, back from plain data, with the line of the user's source. */
import { relative } from 'node:path';
import { type ErrorData, errorFromData, type GoboolError } from '../../base/error.ts';
import { codeFrame, isOfPackage, type Locate, readSourceMap, type SourcePlace } from '../code-frame.ts';
import { BUNDLE_URL } from './import-bundle.ts';

/** The error to throw on the host's side: `where` names the first line of the stack that lies in the user's files. */
export async function failureFromData(data: ErrorData, map: string): Promise<GoboolError> {
  const place = firstUserPlace(data.stack ?? '', await readSourceMap(map));
  if (place === undefined) return errorFromData(data);
  const { line, column, source } = place;
  const file = relative(process.cwd(), place.file);
  const isPackages = data.code === 'GB_STRATEGY_THREW' && isOfPackage(place.file);
  const hint = data.hint ?? (isPackages ? packageHint(data.message) : undefined);
  return errorFromData({
    ...data,
    ...(hint !== undefined && { hint }),
    where: { ...data.where, file, line, column, frame: await codeFrame(source, line, column) },
  });
}

const IN_PACKAGE =
  'The line is of an npm package. In a strategy timers, files, network, crypto and Intl are undefined: use another ' +
  'function or version of the package, or another package.';
/** Most such packages ask the machine for its locale only where they are not told one. */
const WITHOUT_LOCALE =
  " It asks for the machine's locale or time zone; told one it may do without. With luxon: " +
  "`Settings.defaultLocale = 'en-US'` and UTC.";

function packageHint(message: string): string {
  return /DateTimeFormat|NumberFormat|RelativeTimeFormat|Intl/.test(message) ? IN_PACKAGE + WITHOUT_LOCALE : IN_PACKAGE;
}

const POSITION = new RegExp(`${BUNDLE_URL}\\d+:(\\d+):(\\d+)`, 'g');

function firstUserPlace(stack: string, locate: Locate): SourcePlace | undefined {
  for (const [, line, column] of stack.matchAll(POSITION)) {
    const place = locate(Number(line), Number(column));
    if (place !== undefined) return place;
  }
  return undefined;
}

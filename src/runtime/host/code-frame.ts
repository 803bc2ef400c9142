/** From a place in a bundle to the line of the user's source, and a few source lines around it. */
import { fileURLToPath, pathToFileURL } from 'node:url';

export interface SourcePlace {
  /** Absolute path. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** The whole text of the file, as it was bundled. */
  readonly source: string;
}

/** Finds the user's source behind places in a bundle. */
export type Locate = (line: number, column: number) => SourcePlace | undefined;

const USER_SCHEME = 'strategy:';

/** How a source map of a bundle names a file of the user, or of a package; gobool's own files have other names. */
export function userSource(path: string): string {
  return pathToFileURL(path).href.replace('file:', USER_SCHEME);
}

/**
 * Reads the source map of a bundle. Lines and columns count from 1, as in a stack.
 * The result is undefined for places in gobool's own code.
 */
export async function readSourceMap(map: string): Promise<Locate> {
  const { originalPositionFor, sourceContentFor, TraceMap } = await import('@jridgewell/trace-mapping');
  const trace = new TraceMap(map);
  return (line, column) => {
    const { source, line: sourceLine, column: sourceColumn } = originalPositionFor(trace, { line, column: column - 1 });
    if (!source?.startsWith(USER_SCHEME)) return undefined;
    const text = sourceContentFor(trace, source) ?? '';
    return {
      file: fileURLToPath(source.replace(USER_SCHEME, 'file:')),
      line: sourceLine,
      column: sourceColumn + 1,
      source: text,
    };
  };
}

/** Whether a file of the user's is one of an npm package's. */
export function isOfPackage(file: string): boolean {
  return /[\\/]node_modules[\\/]/.test(file);
}

/** Two lines before, the line with a marker, two lines after; without colours. */
export async function codeFrame(source: string, line: number, column: number): Promise<string> {
  const { codeFrameColumns } = await import('@babel/code-frame');
  return codeFrameColumns(source, { start: { line, column: column - 1 } }, { linesAbove: 2, linesBelow: 2 });
}

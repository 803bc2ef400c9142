/** The project's own files as the tidiness rules see them. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { posix } from 'node:path';
import { type Node, parse } from 'acorn';
import { transformSync } from 'esbuild';
import { walk } from 'estree-walker';

export interface SourceFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** Every text file that is, or is about to be, in the repository. Data files are left out. */
export function sourceFiles(): readonly SourceFile[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' })
    .trim()
    .split('\n');
  return listed
    .filter(path => /\.(tsx?|js|json|md|sh|yml|py|c|java)$|^\.ci\/run$/.test(path) && existsSync(path))
    .filter(path => !/^(samples\/|tests\/(fixtures|golden)\/.*\.json|package-lock)/.test(path))
    .map(path => ({ path, text: readFileSync(path, 'utf8') }));
}

const IMPORT =
  /^(?:import|export) (?:type )?(?:\{[^}]*\}|\*[^'{;]*|\w+) from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm;

/** What a file imports or re-exports, types included; relative paths from the root of the repository. */
export function importsOf({ path, text }: SourceFile): readonly string[] {
  const specifiers = [...text.matchAll(IMPORT)].map(match => match[1] ?? match[2] ?? match[3] ?? '');
  return specifiers.map(name => (name.startsWith('.') ? posix.join(posix.dirname(path), name) : name));
}

/** The syntax tree of a TypeScript file without its types. Lines stay where they were, but for JSX. */
function syntaxTree({ path, text }: SourceFile): Node {
  const code = path.endsWith('.tsx')
    ? transformSync(text, { loader: 'tsx', jsx: 'automatic' }).code
    : stripTypeScriptTypes(text, { mode: 'strip' });
  return parse(code, { ecmaVersion: 'latest', sourceType: 'module', locations: true });
}

/** Calls `visit` with every node and its line. */
export function visitNodes(file: SourceFile, visit: (node: SyntaxNode, parent: SyntaxNode | null) => void): void {
  walk(syntaxTree(file) as never, { enter: (node, parent) => visit(node as never, parent as never) });
}

/** An ESTree node, as loosely typed as the rules need it. */
export interface SyntaxNode {
  readonly type: string;
  readonly loc: { readonly start: { readonly line: number }; readonly end: { readonly line: number } };
  readonly name?: string;
  readonly operator?: string;
  readonly computed?: boolean;
  readonly object?: SyntaxNode;
  readonly property?: SyntaxNode;
  readonly key?: SyntaxNode;
}

/** Lines of every function of a file, methods and arrows included. */
export function functionLengths(file: SourceFile): readonly { readonly place: string; readonly lines: number }[] {
  const lengths: { place: string; lines: number }[] = [];
  visitNodes(file, ({ type, loc }) => {
    if (!/Function/.test(type)) return;
    lengths.push({ place: `${file.path}:${loc.start.line}`, lines: loc.end.line - loc.start.line + 1 });
  });
  return lengths;
}

export function percentile(values: readonly number[], fraction: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(fraction * sorted.length) - 1] ?? 0;
}

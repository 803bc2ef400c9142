/**
 * The runtime and the compiled strategy become the one ES module that is a bundle: it imports nothing, and exports what
 * `bundle/abi.ts` says. Texts are put together, since a second pass of esbuild over the whole runtime would take longer
 * than all else that a short run does. The strategy becomes a function; what it imports are constants around it.
 * Invariant: its text keeps its lines and columns, because import and export statements are only blanked, so that its
 * source map is moved down by whole lines.
 */
import type { Program } from 'acorn';
import { assert } from '../../base/assert.ts';
import { type CompiledStrategy, SDK_MODULE } from './compile-strategy.ts';
import { RUNTIME_NAME } from './runtime-text.ts';

export interface LinkedBundle {
  readonly code: string;
  readonly map: string;
}

/** `program` is the syntax of `strategy.code`; all its imports are of the SDK or of the run's globals. */
export function linkBundle(strategy: CompiledStrategy, program: Program, runtime: string): LinkedBundle {
  const { constants, result, body } = asFunctionBody(strategy.code, program);
  const head =
    `${runtime}\nexport const{abi,describe,run,runSlice,indicators}=${RUNTIME_NAME}.makeBundle((()=>{` +
    `${constants.map(constant => `const ${constant};`).join('')}return(()=>{\n`;
  const map = JSON.parse(strategy.map) as { mappings: string };
  map.mappings = ';'.repeat(head.split('\n').length - 1) + map.mappings;
  return { code: `${head}${body}\nreturn ${result}})()})());`, map: JSON.stringify(map) };
}

interface FunctionBody {
  /** `name=value` of each import. */
  readonly constants: readonly string[];
  /** The default export. */
  readonly result: string;
  readonly body: string;
}

function asFunctionBody(code: string, program: Program): FunctionBody {
  const constants: string[] = [];
  let result = 'undefined';
  // A first line for the shell stands only at the start of a text.
  let body = code.replace(/^#!.*/, line => ' '.repeat(line.length));
  for (const node of program.body) {
    if (node.type === 'ImportDeclaration') {
      const read = node.source.value === SDK_MODULE ? readSdk : readAmbient;
      constants.push(...node.specifiers.map(specifier => `${specifier.local.name}=${read(specifier)}`));
    } else if (node.type === 'ExportNamedDeclaration') {
      const exported = node.specifiers.find(specifier => nameOf(specifier.exported) === 'default');
      if (exported !== undefined && !node.source) result = nameOf(exported.local);
    } else if (node.type !== 'ExportAllDeclaration') continue;
    body = body.slice(0, node.start) + body.slice(node.start, node.end).replace(/[^\n]/g, ' ') + body.slice(node.end);
  }
  return { constants, result, body };
}

type Specifier = Extract<Program['body'][number], { type: 'ImportDeclaration' }>['specifiers'][number];
type ModuleName = Extract<Specifier, { type: 'ImportSpecifier' }>['imported'];

/** Refuses a name that the SDK does not have. */
function readSdk(specifier: Specifier): string {
  const sdk = `${RUNTIME_NAME}.sdk`;
  if (specifier.type === 'ImportNamespaceSpecifier') return sdk;
  const name = specifier.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(specifier.imported);
  return `${RUNTIME_NAME}.memberOf(${sdk},${JSON.stringify(name)})`;
}

/** The run's globals are imported by name; those that a strategy cannot have are undefined. */
function readAmbient(specifier: Specifier): string {
  assert(specifier.type === 'ImportSpecifier', 'injected globals are imported by name');
  return `${RUNTIME_NAME}.ambient.${nameOf(specifier.imported)}`;
}

function nameOf(name: ModuleName): string {
  return name.type === 'Identifier' ? name.name : String(name.value);
}

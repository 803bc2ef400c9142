/**
 * Finds what would let a strategy's result depend on more than its inputs, in the compiled text of the whole strategy.
 * A name that is only asked for, `typeof fetch`, or used where `typeof` guards it, is fine. Names in npm packages are
 * fine everywhere: their user cannot change them, most are never reached, and what is reached is undefined.
 * Limitation: it reads the text, it does not run it. What reaches a global by a detour meets objects that are
 * undefined, cannot be changed, or are the bundle's own.
 */
import { isBuiltin } from 'node:module';
import { type Program, parse } from 'acorn';
import { type Node, walk } from 'estree-walker';
import { AMBIENT_MODULE, SDK_MODULE } from './compile-strategy.ts';
import { FORBIDDEN_NAMES, LOCALE_METHODS } from './forbidden-names.ts';
import { assignedNodes, changedObject, isGuarded, isWhereUndefined, memberName, rootIdentifier } from './patterns.ts';
import { isReference, type Names, trackNames } from './references.ts';

export interface Finding {
  /** In the compiled text; line from 1, column from 0. */
  readonly line: number;
  readonly column: number;
  readonly what: string;
  readonly remedy: string;
  /** Whether what is found is undefined or throws when it is reached, so that refusing it early is a help only. */
  readonly isInert?: boolean;
}

type Verdict = Pick<Finding, 'what' | 'remedy' | 'isInert'> | undefined;

/** What esbuild makes of a `require` that it cannot resolve. */
const ESBUILD_REQUIRE = '__require';

/** The syntax of a compiled strategy. */
export function parseStrategy(code: string): Program {
  return parse(code, { ecmaVersion: 'latest', sourceType: 'module', locations: true });
}

export function findForbidden(module: Program): Finding[] {
  const program = module as Node;
  const names = trackNames(program, ambientImports(program));
  const findings: Finding[] = [];
  const ancestors: Node[] = [];
  walk(program, {
    enter(node) {
      names.enter(node);
      const verdict = judge(node, ancestors, names);
      if (verdict && node.loc) findings.push({ ...verdict, line: node.loc.start.line, column: node.loc.start.column });
      ancestors.push(node);
    },
    leave(node) {
      ancestors.pop();
      names.leave(node);
    },
  });
  return findings;
}

/** Local names in the module of the globals that `compile-strategy.ts` turned into imports. */
function ambientImports(program: Node): Map<string, string> {
  const imports = new Map([[ESBUILD_REQUIRE, 'require']]);
  for (const node of program.type === 'Program' ? program.body : []) {
    if (node.type !== 'ImportDeclaration' || node.source.value !== AMBIENT_MODULE) continue;
    for (const specifier of node.specifiers) {
      if (specifier.type === 'ImportSpecifier' && specifier.imported.type === 'Identifier')
        imports.set(specifier.local.name, specifier.imported.name);
    }
  }
  return imports;
}

function judge(node: Node, ancestors: readonly Node[], names: Names): Verdict {
  switch (node.type) {
    case 'Identifier':
      return isReference(node, ancestors.at(-1) ?? null) ? judgeName(node.name, node, ancestors, names) : undefined;
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return judgeImport(node.source?.value);
    case 'ImportExpression':
      return { what: 'a dynamic import', remedy: 'Import it at the top of the file: `import { x } from ...`.' };
    case 'MetaProperty':
      return node.meta.name === 'import'
        ? { what: '`import.meta` depends on where the file lies', remedy: 'Use parameters or feeds instead.' }
        : undefined;
    case 'AwaitExpression':
      return judgeAwait(ancestors);
    case 'ForOfStatement':
      return (node.await ? judgeAwait(ancestors) : undefined) ?? judgeChange(node, ancestors, names);
    case 'NewExpression':
    case 'CallExpression':
      return judgeCall(node, names);
    default:
      return judgeChange(node, ancestors, names);
  }
}

function judgeName(name: string, node: Node, ancestors: readonly Node[], names: Names): Verdict {
  const global = names.globalOf(name);
  if (global === undefined || isGuarded(name, node, ancestors) || isDeclared(node, ancestors.at(-1))) return undefined;
  if (global === 'eval') return { what: '`eval` runs code that gobool cannot check', remedy: 'Write the code out.' };
  if (global === 'require')
    return {
      what: '`require` of something unknown when bundling',
      remedy: "Use `import ... from 'package'`.",
      isInert: true,
    };
  const forbidden = FORBIDDEN_NAMES.get(global);
  return forbidden && { what: `\`${global}\` is ${forbidden.what}`, remedy: forbidden.remedy, isInert: true };
}

function isDeclared(node: Node, parent: Node | undefined): boolean {
  return parent?.type === 'VariableDeclarator' && parent.id === node;
}

function judgeImport(source: unknown): Verdict {
  if (typeof source !== 'string' || source === SDK_MODULE || source === AMBIENT_MODULE) return undefined;
  if (isBuiltin(source)) {
    const remedy = 'Files, network and processes are out of reach: bring data in as a feed, values as parameters.';
    return { what: `\`${source}\` is a Node built-in`, remedy };
  }
  return source.startsWith(`${SDK_MODULE}/`)
    ? { what: `\`${source}\` is not for strategies`, remedy: "Import from 'gobool'." }
    : { what: `\`${source}\` lies outside the bundle`, remedy: 'Install it as an npm package, or copy the file.' };
}

function judgeAwait(ancestors: readonly Node[]): Verdict {
  if (ancestors.some(ancestor => ancestor.type.includes('Function'))) return undefined;
  return { what: '`await` at the top of a file', remedy: 'A strategy is synchronous: compute the value directly.' };
}

function judgeCall(node: Extract<Node, { type: 'NewExpression' | 'CallExpression' }>, names: Names): Verdict {
  const { callee } = node;
  if (callee.type === 'Identifier' && names.globalOf(callee.name) === 'Function')
    return judgeCodeFromText(node.arguments);
  if (callee.type !== 'MemberExpression') return undefined;
  const method = memberName(callee);
  if (method !== undefined && LOCALE_METHODS.has(method)) {
    const remedy = 'Use toFixed(), toISOString(), toUpperCase(), or compare with < and >.';
    return { what: `\`${method}\` depends on the locale of the machine`, remedy };
  }
  const changed = changedObject(node);
  return changed && judgeTarget(changed, names);
}

/**
 * `Function('return this')` stands in many npm packages as a last resort that is never reached; it is refused if it
 * runs.
 */
function judgeCodeFromText(values: readonly Node[]): Verdict {
  const [text] = values;
  if (values.length === 1 && text?.type === 'Literal' && text.value === 'return this') return undefined;
  return { what: '`Function` makes code that gobool cannot check', remedy: 'Write the function out.' };
}

function judgeChange(node: Node, ancestors: readonly Node[], names: Names): Verdict {
  for (const target of assignedNodes(node)) {
    if (target.type === 'Identifier' && isWhereUndefined(target.name, node, ancestors)) continue;
    const verdict = judgeTarget(target, names);
    if (verdict !== undefined) return verdict;
  }
  return undefined;
}

function judgeTarget(target: Node, names: Names): Verdict {
  const root = rootIdentifier(target);
  const global = root && names.globalOf(root);
  if (global === undefined) return undefined;
  const remedy = 'Keep the value in a variable of your own file, or in `state`.';
  return { what: `an assignment to the global \`${global}\``, remedy };
}

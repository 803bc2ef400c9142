/** Scopes of a parsed module: what a name refers to at a place. */
import type { Node } from 'estree-walker';
import { analyze, type Scope } from 'periscopic';

export interface Names {
  /** To be called on every node that the walk enters and leaves. */
  enter(node: Node): void;
  leave(node: Node): void;
  /** The name of the global that an identifier stands for here; undefined for a variable of the module. */
  globalOf(name: string): string | undefined;
}

/** `imports` maps local names of the module scope to the globals that they stand for. */
export function trackNames(program: Node, imports: ReadonlyMap<string, string>): Names {
  const { map, scope: moduleScope } = analyze(program);
  const scopes: Scope[] = [moduleScope];
  return {
    enter(node) {
      const scope = map.get(node);
      if (scope !== undefined) scopes.push(scope);
    },
    leave(node) {
      if (map.has(node)) scopes.pop();
    },
    globalOf(name) {
      const owner = scopes.at(-1)?.find_owner(name) ?? null;
      if (owner === null) return name;
      return owner === moduleScope ? imports.get(name) : undefined;
    },
  };
}

/** Whether an identifier reads or writes a variable, and is not merely the name of a property, a label or an import. */
export function isReference(node: Node, parent: Node | null): boolean {
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.object === node || parent.computed;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return parent.value === node || parent.computed;
    case 'ExportSpecifier':
      return parent.local === node;
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
    case 'MetaProperty':
      return false;
    default:
      return true;
  }
}

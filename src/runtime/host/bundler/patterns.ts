/** Shapes of syntax that the search for forbidden things asks for. */
import type { Node } from 'estree-walker';

type Member = Extract<Node, { type: 'MemberExpression' }>;
type Call = Extract<Node, { type: 'NewExpression' | 'CallExpression' }>;

/** What a node assigns to, updates or deletes: identifiers and members, also inside patterns. */
export function assignedNodes(node: Node): Node[] {
  switch (node.type) {
    case 'AssignmentExpression':
      return targetsIn(node.left);
    case 'ForInStatement':
    case 'ForOfStatement':
      return targetsIn(node.left);
    case 'UpdateExpression':
      return [node.argument];
    case 'UnaryExpression':
      return node.operator === 'delete' ? [node.argument] : [];
    default:
      return [];
  }
}

function targetsIn(pattern: Node | null): Node[] {
  switch (pattern?.type) {
    case 'Identifier':
    case 'MemberExpression':
      return [pattern];
    case 'AssignmentPattern':
      return targetsIn(pattern.left);
    case 'RestElement':
      return targetsIn(pattern.argument);
    case 'ArrayPattern':
      return pattern.elements.flatMap(targetsIn);
    case 'ObjectPattern':
      return pattern.properties.flatMap(property =>
        targetsIn(property.type === 'Property' ? property.value : property),
      );
    default:
      return [];
  }
}

/** The name at the start of `a.b.c`. */
export function rootIdentifier(node: Node): string | undefined {
  let root = node;
  while (root.type === 'MemberExpression' || root.type === 'ChainExpression')
    root = root.type === 'MemberExpression' ? root.object : root.expression;
  return root.type === 'Identifier' ? root.name : undefined;
}

/** `b` of `a.b` and `a['b']`; undefined for a computed name. */
export function memberName({ property, computed }: Member): string | undefined {
  if (!computed) return property.type === 'Identifier' ? property.name : undefined;
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined;
}

const CHANGING: ReadonlySet<string> = new Set([
  ...['Object.assign', 'Object.defineProperty', 'Object.defineProperties', 'Object.setPrototypeOf'],
  ...['Reflect.set', 'Reflect.defineProperty', 'Reflect.deleteProperty', 'Reflect.setPrototypeOf'],
]);

/** The object that a call such as `Object.assign(object, ...)` changes. */
export function changedObject({ callee, arguments: [first] }: Call): Node | undefined {
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return undefined;
  return CHANGING.has(`${callee.object.name}.${memberName(callee)}`) ? first : undefined;
}

/** Whether a name is the operand of `typeof`, or stands in a branch whose condition asks `typeof` of that name. */
export function isGuarded(name: string, node: Node, ancestors: readonly Node[]): boolean {
  if (isTypeof(ancestors.at(-1), name)) return true;
  return ancestors.some((ancestor, index) => {
    const condition = conditionOf(ancestor);
    return condition !== undefined && condition !== (ancestors[index + 1] ?? node) && asksTypeof(condition, name);
  });
}

/** Whether a node runs only if `typeof name === 'undefined'`: what the language has is not replaced there. */
export function isWhereUndefined(name: string, node: Node, ancestors: readonly Node[]): boolean {
  return ancestors.some((ancestor, index) => {
    if (ancestor.type !== 'IfStatement' || ancestor.consequent !== (ancestors[index + 1] ?? node)) return false;
    const { test } = ancestor;
    if (test.type !== 'BinaryExpression' || !/^===?$/.test(test.operator)) return false;
    return isTypeof(test.left, name) && test.right.type === 'Literal' && test.right.value === 'undefined';
  });
}

function conditionOf(node: Node): Node | undefined {
  if (node.type === 'LogicalExpression') return node.left;
  return node.type === 'ConditionalExpression' || node.type === 'IfStatement' ? node.test : undefined;
}

function asksTypeof(condition: Node, name: string): boolean {
  if (isTypeof(condition, name)) return true;
  switch (condition.type) {
    case 'LogicalExpression':
    case 'BinaryExpression':
      return asksTypeof(condition.left, name) || asksTypeof(condition.right, name);
    case 'UnaryExpression':
      return asksTypeof(condition.argument, name);
    default:
      return false;
  }
}

function isTypeof(node: Node | undefined, name: string): boolean {
  return (
    node?.type === 'UnaryExpression' &&
    node.operator === 'typeof' &&
    node.argument.type === 'Identifier' &&
    node.argument.name === name
  );
}

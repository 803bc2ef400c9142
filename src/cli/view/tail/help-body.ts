import type { TailScene } from './tail-scene.ts';

const KEYS = [
  ['?', 'these keys'],
  ['p', 'pause the picture; events still come in, +N of them'],
  ['/', 'list only tasks of which the line holds a text'],
  ['↑ ↓', 'choose a task'],
  ['Enter', 'show that task; again, or Esc, goes back'],
  ['q, Ctrl-C', 'leave; the run goes on'],
] as const;

const WORDS = [
  ['lag', 'from a change on the cluster until it was heard here'],
  ['dropped', 'events that came twice or not in order, and are asked for again'],
] as const;

export function helpBody({ paint }: Pick<TailScene, 'paint'>): readonly string[] {
  const line = ([name, text]: readonly [string, string]) => `  ${paint('cyan', name.padEnd(10))} ${text}`;
  return [...KEYS.map(line), '', ...WORDS.map(line)];
}

/** Colour per stream: `--no-color` > NO_COLOR > FORCE_COLOR > TERM=dumb > is it a terminal. */
import { styleText } from 'node:util';
import type { Environment } from '../context.ts';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan';

/** Wraps text in a style, or returns it as it is where colour is off. */
export type Paint = (style: Style, text: string) => string;

export function wantsColour(noColorFlag: boolean, env: Environment, isTerminal: boolean): boolean {
  if (noColorFlag || env.NO_COLOR) return false;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return env.TERM !== 'dumb' && isTerminal;
}

export function painter(enabled: boolean): Paint {
  return enabled ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text;
}

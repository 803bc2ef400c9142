/**
 * Colours from bad to good: the viridis scale, which grows evenly brighter, so that it can be read without telling red
 * from green, and in grey.
 */
import { WriteStream } from 'node:tty';
import type { Environment } from '../context.ts';

/** Lays text on a colour between the worst, 0, and the best, 1. */
export type Heat = (share: number, text: string) => string;

type Colour = readonly [red: number, green: number, blue: number];

/** Viridis (van der Walt and Smith, 2015, public domain) in eighths. */
const VIRIDIS: readonly Colour[] = [
  [68, 1, 84],
  [71, 44, 122],
  [59, 81, 139],
  [44, 113, 142],
  [33, 144, 141],
  [39, 173, 129],
  [92, 200, 99],
  [170, 220, 50],
  [253, 231, 37],
];
/** Levels of the colour cube of terminals with 256 colours. */
const CUBE = [0, 95, 135, 175, 215, 255];
/** From this share on, the colours are bright enough for black text. */
const BRIGHT_FROM = 0.5;

/** Undefined where the terminal has fewer than 256 colours. */
export function heatFor(env: Environment): Heat | undefined {
  const bits = WriteStream.prototype.getColorDepth({ ...env });
  if (bits < 8) return undefined;
  const code = bits >= 24 ? trueColour : cubeColour;
  return (share, text) => {
    const ink = share < BRIGHT_FROM ? '38;5;231' : '38;5;16';
    return `\u001b[${code(viridis(share))};${ink}m${text}\u001b[0m`;
  };
}

function viridis(share: number): Colour {
  const place = Math.min(1, Math.max(0, share)) * (VIRIDIS.length - 1);
  const [from, to] = [VIRIDIS[Math.floor(place)], VIRIDIS[Math.ceil(place)]];
  const mix = (channel: 0 | 1 | 2) => {
    const low = from?.[channel] ?? 0;
    return Math.round(low + ((to?.[channel] ?? 0) - low) * (place % 1));
  };
  return [mix(0), mix(1), mix(2)];
}

function trueColour(colour: Colour): string {
  return `48;2;${colour.join(';')}`;
}

function cubeColour(colour: Colour): string {
  const [red = 0, green = 0, blue = 0] = colour.map(nearestLevel);
  return `48;5;${16 + 36 * red + 6 * green + blue}`;
}

function nearestLevel(value: number): number {
  const distances = CUBE.map(level => Math.abs(level - value));
  return distances.indexOf(Math.min(...distances));
}

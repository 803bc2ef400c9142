/** `gobool config show`: every setting, its value, and the layer that it comes from. */
import * as z from 'zod/mini';
import { DEFAULT_RUN_OPTIONS } from '../../../runtime/engine/run-options.ts';
import { DEFAULT_LIMITS } from '../../../runtime/host/executor.ts';
import { flagLayer, type Layer, readLayers, refuseProblems } from '../../config/layers.ts';
import { DEFAULT_SETTINGS, SETTING_NAMES, type Settings } from '../../config/settings.ts';
import { defineHandler } from '../../define-handler.ts';
import type { Output } from '../../output/output.ts';
import { type Column, tableText } from '../../output/table.ts';
import { settingText } from './setting-text.ts';

interface ShownSetting {
  readonly name: string;
  /** As a run gets it; null: no default. */
  readonly value: unknown;
  readonly origin: Layer['origin'] | 'default';
  /** The file, variable or flag; null for defaults. */
  readonly place: string | null;
}

const DEFAULTS: Settings = { ...DEFAULT_RUN_OPTIONS, ...DEFAULT_SETTINGS, limits: DEFAULT_LIMITS };

const input = z.looseObject({ origin: z.optional(z.boolean()) });

export const configShow = defineHandler(input, async ({ origin = false, ...flags }, context) => {
  const layers = [...(await readLayers(context)), flagLayer(flags)];
  refuseProblems(layers);
  const settings = SETTING_NAMES.map(name => shown(name, layers));
  const { projectDir, out } = context;
  return { data: { projectDir, settings }, text: () => settingsText(settings, origin, out) };
});

function shown(name: string, layers: readonly Layer[]): ShownSetting {
  const strongest = layers.findLast(layer => settingOf(ofLayer(layer), name) !== undefined);
  if (strongest === undefined)
    return { name, value: settingOf(DEFAULTS, name) ?? null, origin: 'default', place: null };
  const { origin, placeOf } = strongest;
  return { name, value: settingOf(ofLayer(strongest), name), origin, place: placeOf(name) };
}

const ofLayer = ({ settings, cluster }: Layer) => ({ ...settings, cluster });

/** `limits.memoryMb` names a value inside another. */
function settingOf(settings: object, name: string): unknown {
  const step = (value: unknown, key: string): unknown => (value as Record<string, unknown> | undefined)?.[key];
  return name.split('.').reduce(step, settings);
}

const COLUMNS: readonly Column[] = [
  { title: 'setting', style: 'cyan' },
  { title: 'value', shrinks: true },
];
const ORIGIN: Column = { title: 'from', style: 'dim' };

function settingsText(settings: readonly ShownSetting[], showsOrigin: boolean, out: Output): string {
  const columns = showsOrigin ? [...COLUMNS, ORIGIN] : COLUMNS;
  const rows = settings.map(({ name, value, place }) => [name, settingText(name, value), place ?? 'default']);
  const note = "A strategy's own account is weaker than files, variables and flags, and stronger than a default.";
  return `${tableText(columns, rows, out)}\n\n${out.paint('dim', note)}`;
}

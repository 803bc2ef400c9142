/** Flags > `GOBOOL_` variables > project file > user file. Every problem of every layer is reported at once. */
import { defined } from '../../runtime/base/defined.ts';
import type { CommandContext } from '../context.ts';
import { readLayers, refuseProblems } from './layers.ts';
import type { Settings } from './settings.ts';

/** `flags`: the compiled values of `flagShape`. Throws `GB_CONFIG_BROKEN` and `GB_CONFIG_INVALID`. */
export async function resolveSettings(context: CommandContext, flags: Settings): Promise<Settings> {
  const layers = await readLayers(context);
  refuseProblems(layers);
  return [...layers.map(layer => layer.settings), flags].reduce(merge, {});
}

function merge(weak: Settings, strong: Settings): Settings {
  return { ...weak, ...defined(strong), limits: { ...weak.limits, ...strong.limits } };
}

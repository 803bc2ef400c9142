/** Flags > `GOBOOL_` variables > project file > user file. Every problem of every layer is reported at once. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative } from 'node:path';
import * as z from 'zod/mini';
import { closest } from '../../runtime/base/closest.ts';
import { GoboolError } from '../../runtime/base/error.ts';
import type { CommandContext, Environment } from '../context.ts';
import { type NameOf, problemsOf } from '../options/problems.ts';
import { CONFIG_FILE } from '../project.ts';
import { fileSchema, SETTING_KEYS, type Settings, VARIABLE_KEYS, variableSchema } from './settings.ts';

const PREFIX = 'GOBOOL_';

/** What one layer says, and what is wrong with it. */
interface Layer {
  readonly settings: Settings;
  readonly problems: readonly string[];
}

/** `flags`: the compiled values of `flagShape`. Throws `GB_CONFIG_BROKEN` and `GB_CONFIG_INVALID`. */
export async function resolveSettings(context: CommandContext, flags: Settings): Promise<Settings> {
  const { env, cwd, projectDir } = context;
  const files = [join(userConfigDir(env), 'config.ts'), join(projectDir, CONFIG_FILE)];
  const layers = [...(await Promise.all(files.map(path => fileLayer(path, cwd)))), variableLayer(env)];
  const problems = layers.flatMap(layer => layer.problems);
  if (problems.length > 0)
    throw new GoboolError('GB_CONFIG_INVALID', 'The configuration cannot be used.', { problems });
  return [...layers.map(layer => layer.settings), flags].reduce(merge, {});
}

function merge(weak: Settings, strong: Settings): Settings {
  return { ...weak, ...defined(strong), limits: { ...weak.limits, ...strong.limits } };
}

/** Without the keys that are not set, which would hide weaker layers. */
function defined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}

async function fileLayer(path: string, cwd: string): Promise<Layer> {
  if (!existsSync(path)) return { settings: {}, problems: [] };
  const { loadConfigFile } = await import('./load-config-file.ts');
  const parsed = z.safeParse(fileSchema, await loadConfigFile(path, cwd));
  const nameOf: NameOf = place => `${relative(cwd, path)}: ${place.join('.')}`;
  if (!parsed.success) return { settings: {}, problems: problemsOf(parsed.error.issues, nameOf, SETTING_KEYS) };
  return { settings: parsed.data, problems: [] };
}

function variableLayer(env: Environment): Layer {
  const raw = Object.fromEntries(VARIABLE_KEYS.map(key => [key, env[variableName(key)] || undefined]));
  const parsed = z.safeParse(variableSchema, raw);
  const strangers = misspelt(env);
  if (!parsed.success) {
    const problems = problemsOf(parsed.error.issues, ([key]) => variableName(String(key)));
    return { settings: {}, problems: [...problems, ...strangers] };
  }
  const { barTimeoutMs, memoryMb, ...plain } = parsed.data;
  return { settings: { ...plain, limits: defined({ barTimeoutMs, memoryMb }) }, problems: strangers };
}

/** Variables that are almost, but not quite, one of ours. Others may belong to somebody else. */
function misspelt(env: Environment): readonly string[] {
  const known = [...VARIABLE_KEYS.map(variableName), 'GOBOOL_DEBUG'].map(withoutPrefix);
  const strangers = Object.keys(env).filter(name => name.startsWith(PREFIX) && !known.includes(withoutPrefix(name)));
  return strangers.flatMap(name => {
    const nearest = closest(withoutPrefix(name), known);
    return nearest === undefined ? [] : [`There is no variable ${name}. Did you mean ${PREFIX}${nearest}?`];
  });
}

function withoutPrefix(name: string): string {
  return name.slice(PREFIX.length);
}

/** `barTimeoutMs` is `GOBOOL_BAR_TIMEOUT_MS`. */
function variableName(key: string): string {
  return `${PREFIX}${key.replace(/[A-Z]/g, '_$&').toUpperCase()}`;
}

function userConfigDir(env: Environment): string {
  return join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'gobool');
}

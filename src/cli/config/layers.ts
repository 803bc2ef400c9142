/** Where settings come from besides flags, weakest first: the user's file, the project's file, `GOBOOL_` variables. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative } from 'node:path';
import * as z from 'zod/mini';
import type { ProjectSettings } from '../../cluster/services/common/settings.ts';
import { closest } from '../../runtime/base/closest.ts';
import { defined } from '../../runtime/base/defined.ts';
import { GoboolError } from '../../runtime/base/error.ts';
import type { CommandContext, Environment } from '../context.ts';
import type { RawInput } from '../define-handler.ts';
import { flagName, type NameOf, problemsOf } from '../options/problems.ts';
import { CONFIG_FILE } from '../project.ts';
import { CONFIG_KEYS, configSchema, flagSchema, type Settings, VARIABLE_KEYS, variableSchema } from './settings.ts';

const PREFIX = 'GOBOOL_';
/** Variables of ours that are no settings. */
const OTHER_VARIABLES = ['GOBOOL_API_KEY', 'GOBOOL_CLUSTER', 'GOBOOL_DEBUG', 'GOBOOL_LOCAL_EXECUTOR'];

/** What one layer says, and what is wrong with it. */
export interface Layer {
  readonly origin: 'user' | 'project' | 'variable' | 'flag';
  /** What a person looks for to change a setting: the file, the variable, the flag. */
  readonly placeOf: (setting: string) => string;
  readonly settings: Settings;
  /** What it tells the services of the cluster; only files do. */
  readonly cluster?: ProjectSettings;
  readonly problems: readonly string[];
  /** Why a file cannot be loaded at all: `GB_CONFIG_BROKEN`. */
  readonly failure?: GoboolError;
}

type Content = Omit<Layer, 'origin' | 'placeOf'>;

export async function readLayers({ env, cwd, projectDir }: CommandContext): Promise<readonly Layer[]> {
  const userDir = userConfigDir(env);
  const files = [
    ...(userDir === undefined ? [] : [{ origin: 'user', path: join(userDir, 'config.ts') } as const]),
    { origin: 'project', path: join(projectDir, CONFIG_FILE) } as const,
  ];
  const layers = files.map(async ({ origin, path }): Promise<Layer> => {
    const place = relative(cwd, path);
    return { origin, placeOf: () => place, ...(await readFile(path, cwd)) };
  });
  return [...(await Promise.all(layers)), variableLayer(env)];
}

/** The settings among a command line's values, unchecked so far. */
export function flagLayer(raw: RawInput): Layer {
  const parsed = z.safeParse(flagSchema, raw);
  const content = parsed.success
    ? { settings: defined(parsed.data), problems: [] }
    : { settings: {}, problems: problemsOf(parsed.error.issues, path => flagName(path)) };
  return { origin: 'flag', placeOf: setting => flagName([setting]), ...content };
}

/** Throws `GB_CONFIG_BROKEN` or `GB_CONFIG_INVALID` with every problem of every layer. */
export function refuseProblems(layers: readonly Layer[]): void {
  const [broken, ...alsoBroken] = layers.flatMap(({ failure }) => failure ?? []);
  const problems = [...alsoBroken.map(({ message }) => message), ...layers.flatMap(layer => layer.problems)];
  if (broken !== undefined) {
    const { code, message, where = {} } = broken;
    throw new GoboolError(code, message, { where, problems: [...broken.problems, ...problems], cause: broken });
  }
  if (problems.length > 0)
    throw new GoboolError('GB_CONFIG_INVALID', 'The configuration cannot be used.', { problems });
}

async function readFile(path: string, cwd: string): Promise<Content> {
  if (!existsSync(path)) return { settings: {}, problems: [] };
  const { loadConfigFile } = await import('./load-config-file.ts');
  try {
    const parsed = z.safeParse(configSchema, await loadConfigFile(path, cwd));
    if (parsed.success) {
      const { cluster, ...settings } = parsed.data;
      return { settings, problems: [], ...(cluster && { cluster: defined(cluster) }) };
    }
    const nameOf: NameOf = place => `${relative(cwd, path)}: ${place.join('.')}`;
    return { settings: {}, problems: problemsOf(parsed.error.issues, nameOf, CONFIG_KEYS) };
  } catch (error) {
    if (!(error instanceof GoboolError) || error.code !== 'GB_CONFIG_BROKEN') throw error;
    return { settings: {}, problems: [], failure: error };
  }
}

function variableLayer(env: Environment): Layer {
  const raw = Object.fromEntries(VARIABLE_KEYS.map(key => [key, env[variableName(key)] || undefined]));
  return { origin: 'variable', placeOf: variableName, ...variables(raw, misspelt(env)) };
}

function variables(raw: RawInput, strangers: readonly string[]): Content {
  const parsed = z.safeParse(variableSchema, raw);
  if (!parsed.success) {
    const problems = problemsOf(parsed.error.issues, ([key]) => variableName(String(key)));
    return { settings: {}, problems: [...problems, ...strangers] };
  }
  const { barTimeoutMs, memoryMb, ...plain } = parsed.data;
  return { settings: { ...plain, limits: defined({ barTimeoutMs, memoryMb }) }, problems: strangers };
}

/** Variables that are almost, but not quite, one of ours. Others may belong to somebody else. */
function misspelt(env: Environment): readonly string[] {
  const known = [...VARIABLE_KEYS.map(variableName), ...OTHER_VARIABLES].map(withoutPrefix);
  const strangers = Object.keys(env).filter(name => name.startsWith(PREFIX) && !known.includes(withoutPrefix(name)));
  return strangers.flatMap(name => {
    const nearest = closest(withoutPrefix(name), known);
    return nearest === undefined ? [] : [`There is no variable ${name}. Did you mean ${PREFIX}${nearest}?`];
  });
}

function withoutPrefix(name: string): string {
  return name.slice(PREFIX.length);
}

/** `allowShort` is `GOBOOL_ALLOW_SHORT`, and `limits.barTimeoutMs` is `GOBOOL_BAR_TIMEOUT_MS`. */
function variableName(setting: string): string {
  const key = setting.replace(/^.*\./, '');
  return `${PREFIX}${key.replace(/[A-Z]/g, '_$&').toUpperCase()}`;
}

/** Undefined for a user without a home: a number without an entry among the users, as services and containers have. */
function userConfigDir(env: Environment): string | undefined {
  if (env.XDG_CONFIG_HOME) return join(env.XDG_CONFIG_HOME, 'gobool');
  try {
    return join(homedir(), '.config', 'gobool');
  } catch {
    return undefined;
  }
}

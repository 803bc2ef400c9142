import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const CONFIG_FILE = 'gobool.config.ts';

/** The project that a folder belongs to: the nearest folder with a configuration, else with `.gobool`, else itself. */
export function findProject(cwd: string): string {
  const ancestors = ancestorsOf(cwd);
  const nearestWith = (name: string) => ancestors.find(folder => existsSync(join(folder, name)));
  return nearestWith(CONFIG_FILE) ?? nearestWith('.gobool') ?? cwd;
}

function ancestorsOf(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestorsOf(parent)];
}

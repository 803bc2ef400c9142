/** `gobool init`: a project that type-checks and runs. Nothing is ever overwritten. */
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';
import * as z from 'zod/mini';
import { GoboolError } from '../../../runtime/base/error.ts';
import { shellWord } from '../../../runtime/base/shell-word.ts';
import { makeFolder, withFileErrors } from '../../../runtime/host/files.ts';
import { defineHandler } from '../../define-handler.ts';
import type { Paint } from '../../output/colour.ts';
import { PACKAGE_TEMPLATE, TEMPLATES, type Template } from './templates.ts';

export const init = defineHandler(z.object({ folder: z.optional(z.string()) }), ({ folder = '.' }, { out, cwd }) => {
  const target = resolve(cwd, folder);
  const isInstalled = resolvesGobool(target);
  const files = isInstalled ? TEMPLATES : [...TEMPLATES, PACKAGE_TEMPLATE];
  refuseExisting(files, target, cwd);
  makeFolder(target);
  for (const { name, content } of files) {
    const path = join(target, name);
    withFileErrors(path, () => writeFileSync(path, content, { flag: 'wx' }));
  }
  return {
    data: { folder: target, files: files.map(file => file.name), installNeeded: !isInstalled },
    text: () => report(files, relative(cwd, target) || '.', isInstalled, out.paint),
  };
});

/**
 * Whether an import of gobool in the folder finds it: installed there or above, or the folder is in gobool's own clone.
 */
function resolvesGobool(folder: string): boolean {
  try {
    createRequire(join(folder, 'strategy.ts')).resolve('gobool/package.json');
    return true;
  } catch {
    return false;
  }
}

function refuseExisting(files: readonly Template[], target: string, cwd: string): void {
  const name = relative(cwd, target) || '.';
  if (statSync(target, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw new GoboolError('GB_INIT_EXISTS', `${name} is a file.`);
  }
  const existing = files.filter(file => existsSync(join(target, file.name)));
  if (existing.length === 0) return;
  const problems = existing.map(file => `${join(name, file.name)} exists.`);
  throw new GoboolError('GB_INIT_EXISTS', 'There are files already; none was changed.', { problems });
}

function report(files: readonly Template[], folder: string, isInstalled: boolean, paint: Paint): string {
  const inFolder = folder === '.' ? '' : `${folder}/`;
  const rows = files.map(
    ({ name, summary }) => `  ${`${inFolder}${name}`.padEnd(inFolder.length + 18)}${paint('dim', summary)}`,
  );
  const steps = nextSteps(folder, inFolder, isInstalled).map(step => `  ${paint('cyan', step)}`);
  return [paint('bold', 'Written'), ...rows, '', paint('bold', 'Next'), ...steps].join('\n');
}

function nextSteps(folder: string, inFolder: string, isInstalled: boolean): readonly string[] {
  if (isInstalled) {
    const strategy = shellWord(`${inFolder}strategy.ts`);
    return [`npx gobool backtest ${strategy}`, `npx tsc --noEmit -p ${shellWord(folder)}`];
  }
  const enter = folder === '.' ? [] : [`cd ${shellWord(folder)}`];
  return [...enter, 'npm install', 'npx gobool backtest strategy.ts', 'npx tsc --noEmit'];
}

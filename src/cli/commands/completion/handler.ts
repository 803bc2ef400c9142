/** `gobool completion`: a script for the shell, made from the table of commands. */
import * as z from 'zod/mini';
import { didYouMean } from '../../../runtime/base/closest.ts';
import { GoboolError } from '../../../runtime/base/error.ts';
import { ERROR_CATALOGUE } from '../../../runtime/base/error-codes/index.ts';
import { datasetNames } from '../../../runtime/host/catalog/catalog-entry.ts';
import { samplesDir } from '../../../runtime/host/folders.ts';
import { RUN_VALUE_NAMES } from '../../../runtime/host/store/run-values.ts';
import { OBJECTIVE_NAMES } from '../../../runtime/sweep/objective.ts';
import { GLOBAL_OPTIONS } from '../../command-line.ts';
import { bashScript } from '../../completion/bash.ts';
import { fishScript } from '../../completion/fish.ts';
import { grammarOf } from '../../completion/grammar.ts';
import { zshScript } from '../../completion/zsh.ts';
import { defineHandler } from '../../define-handler.ts';
import { COMMANDS } from '../table.ts';
import { SHELLS } from './command.ts';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

export const completion = defineHandler(z.object({ shell: z.string() }), ({ shell: name }) => {
  const shell = SHELLS.find(known => known === name);
  if (shell === undefined) {
    const message = `There is no completion for "${name}".${didYouMean(name, SHELLS)}`;
    throw new GoboolError('GB_USAGE', message, { hint: `Give one of ${SHELLS.join(', ')}.` });
  }
  const grammar = grammarOf(COMMANDS, GLOBAL_OPTIONS, {
    datasets: datasetNames(samplesDir()),
    runs: ['last'],
    results: ['last'],
    clusters: ['default'],
    metrics: RUN_VALUE_NAMES,
    objectives: OBJECTIVE_NAMES,
    'error codes': Object.keys(ERROR_CATALOGUE),
  });
  const script = SCRIPTS[shell](grammar);
  return { data: { shell, script }, text: () => script };
});

import { defineCommand } from '../../define-command.ts';

export const initCommand = defineCommand({
  name: 'init',
  group: 'Start',
  summary: 'Make a project with a first strategy',
  description:
    'Writes strategy.ts, tsconfig.json and gobool.config.ts, and a package.json where gobool is not installed. ' +
    'Never overwrites a file.',
  args: [
    {
      name: '[folder]',
      summary: 'Where; made if it does not exist (the working directory)',
      completes: { folders: true },
    },
  ],
  examples: [
    { command: 'gobool init demo', note: 'Make a project in the folder demo' },
    { command: 'gobool backtest demo/strategy.ts', note: 'Run its strategy' },
  ],
  load: async () => (await import('../handlers.ts')).init,
});

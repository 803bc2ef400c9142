import { defineCommand } from '../../define-command.ts';

export const explainCommand = defineCommand({
  name: 'explain',
  group: 'Help',
  summary: 'Explain an error code, or list them all',
  args: [
    {
      name: '[code]',
      summary: 'A code as errors show it; without it all codes are listed',
      completes: { names: 'error codes' },
    },
  ],
  examples: [{ command: 'gobool explain GB_DATA_MISSING', note: 'What it means, why it happens, what to do' }],
  load: async () => (await import('../handlers.ts')).explain,
});

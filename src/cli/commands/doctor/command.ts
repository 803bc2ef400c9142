import { defineCommand } from '../../define-command.ts';

export const doctorCommand = defineCommand({
  name: 'doctor',
  group: 'Help',
  summary: 'Check that this machine and project can run backtests',
  description: 'Exits with 6 when something would keep gobool from working.',
  examples: [{ command: 'gobool doctor --json', note: 'For a bug report' }],
  load: async () => (await import('../handlers.ts')).doctor,
});

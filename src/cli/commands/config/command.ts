import { SETTING_OPTIONS } from '../../config/setting-options.ts';
import { defineCommand } from '../../define-command.ts';

export const configShowCommand = defineCommand({
  name: 'config show',
  group: 'Start',
  summary: 'Show the settings that a backtest would use',
  description:
    'Flags are stronger than GOBOOL_ variables, these than gobool.config.ts of the project, and that than config.ts ' +
    "in the user's folder ($XDG_CONFIG_HOME/gobool, or ~/.config/gobool). What a strategy says in its account is " +
    'weaker than all of these, and stronger than a default.',
  options: [{ flags: '--origin', summary: 'Show where each value comes from' }, ...SETTING_OPTIONS],
  examples: [
    { command: 'gobool config show --origin', note: 'Why does it use these costs?' },
    { command: 'gobool config show --origin --cash 5000', note: 'With the flags of a backtest' },
  ],
  load: async () => (await import('../handlers.ts')).configShow,
});

import { defineCommand } from '../../define-command.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export const completionCommand = defineCommand({
  name: 'completion',
  group: 'Help',
  summary: 'Print what makes a shell complete gobool at Tab',
  description:
    'Completes commands, flags, their values, strategies, datasets and runs. The script starts no gobool ' +
    'while you type; print it anew after an update.',
  args: [{ name: '<shell>', summary: SHELLS.join(', '), completes: { words: SHELLS } }],
  examples: [
    {
      command: 'gobool completion bash > ~/.local/share/bash-completion/completions/gobool',
      note: 'bash, for every new shell (the package bash-completion reads it)',
    },
    {
      command: 'gobool completion zsh > ~/.zfunc/_gobool',
      note: 'zsh, for every new shell, where ~/.zfunc is in $fpath',
    },
    { command: 'gobool completion fish > ~/.config/fish/completions/gobool.fish', note: 'fish, for every new shell' },
    { command: 'source <(gobool completion bash)', note: 'bash or zsh, for this shell alone' },
  ],
  load: async () => (await import('../handlers.ts')).completion,
});

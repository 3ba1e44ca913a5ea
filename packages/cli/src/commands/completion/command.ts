import { defineCommand } from '../../program/command.ts'

export const completion = defineCommand({
  name: 'completion',
  about: 'Write the script by which a shell completes commands, options and their values',
  arguments: [{ name: 'SHELL', about: 'the shell', choices: ['bash', 'zsh', 'fish'] }],
  options: {},
  examples: [
    ['completion bash > ~/.local/share/bash-completion/completions/pdf-smaller', ''],
    ['completion zsh > "${fpath[1]}/_pdf-smaller"', ''],
    ['completion fish > ~/.config/fish/completions/pdf-smaller.fish', ''],
  ],
  code: () => import('./run.ts'),
})

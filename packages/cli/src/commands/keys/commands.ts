import { defineCommand } from '../../program/command.ts'
import { needed, text, words } from '../../program/options.ts'

const aboutFile = 'the file of keys, which PDF_SMALLER_KEYS_FILE of the service names'

export const createKey = defineCommand({
  name: 'keys create',
  about: 'Make an API key',
  more: [
    'The key is written once and kept nowhere; the file of keys holds its hash. A running service reads the file again when it changes.',
  ],
  arguments: [],
  options: {
    tenant: needed('TENANT', 'whom the key belongs to'),
    scopes: words('SCOPE', 'what it may be used for (submit,read by default)', {
      choices: ['submit', 'read', 'admin'],
    }),
    id: text('NAME', 'what it is called; a random name without it'),
    file: text('KEYS.json', `${aboutFile}; the hash is added to it`, { file: true }),
  },
  json: 'an object: key, and entry (id, tenant, sha256, scopes). With --quiet: the key.',
  examples: [['keys create --tenant acme --file keys.json', '']],
  code: () => import('./create.ts'),
})

export const listKeys = defineCommand({
  name: 'keys list',
  about: 'List the API keys of a file',
  arguments: [],
  options: { file: needed('KEYS.json', aboutFile, { file: true }) },
  json: 'a key on each line: id, tenant, scopes, and what else is said of it; never the key. With --quiet: its id.',
  code: () => import('./list.ts'),
})

export const revokeKeys = defineCommand({
  name: 'keys revoke',
  about: 'Take API keys out of a file',
  more: ['A running service refuses them within seconds.'],
  arguments: [{ name: 'KEY', about: 'the ids of the keys', several: true }],
  options: { file: needed('KEYS.json', aboutFile, { file: true }) },
  json: 'a key on each line, as it was in the file. With --quiet: its id.',
  code: () => import('./revoke.ts'),
})

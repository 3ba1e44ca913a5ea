import { text, toggle, type ValuesOf } from './options.ts'

/** The options of every command, which may also stand before it. */
export const commonOptions = {
  server: text('URL', 'the service to use; PDF_SMALLER_URL without it, else the one that runs here'),
  json: toggle('write JSON: one value, or one on each line'),
  quiet: toggle('write no more than a script needs: ids, and what failed', 'q'),
  verbose: toggle('write more: passes, addresses, what errors come from', 'v'),
  help: toggle('tell what the command does, and its options', 'h'),
}
export type CommonValues = ValuesOf<typeof commonOptions>

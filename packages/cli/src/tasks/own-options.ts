import { text, toggle, type ValuesOf } from '../program/options.ts'

/** The options of every task beside its own. */
export const ownOptions = {
  out: text('OUT', 'the file to write, - for stdout; for several files, a folder', {
    short: 'o',
    file: true,
  }),
  force: toggle('write over files that are there', 'f'),
  overwrite: toggle('the same as --force'),
  tag: text('TEXT', 'a word to find the jobs by'),
  fresh: toggle('work anew, even where an earlier job had the same files and options'),
  detach: toggle('hand the files in, tell the ids of the jobs, and do not wait', 'd'),
}
export type OwnValues = ValuesOf<typeof ownOptions>

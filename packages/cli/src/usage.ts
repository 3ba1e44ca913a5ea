import { goTogether } from './together.ts'
import type { TaskDescription } from '@pdf-smaller/client/node'
import { optionHelp } from './task-options.ts'

const common = `  --server URL   the service to use (or PDF_SMALLER_URL); by default the one running here, else one is started for a task
  -h, --help     help on the command

The API key is read from PDF_SMALLER_API_KEY, or from the file that PDF_SMALLER_API_KEY_FILE names.
Exit codes: 0 done, 1 a job failed, 2 wrong usage, 3 the service cannot be reached, 130 interrupted.`

/** What the program can do. */
export const usage = `Usage: pdf-smaller TASK FILE... [-o OUT] [--OPTION VALUE]...
       pdf-smaller estimate FILE...
       pdf-smaller jobs | status ID | cancel ID | retry ID | tasks
       pdf-smaller replay ID [--OPTION VALUE]... | comparison ID | correct ID FIELD VALUE
       pdf-smaller keys create --tenant T --scopes submit,read [--id NAME] [--file KEYS.json]

  pdf-smaller compress scan.pdf -o small.pdf
  pdf-smaller compress --level high *.pdf -o small/
  pdf-smaller estimate scan.pdf        what each level would gain
  pdf-smaller compress --help          the options of a task
  pdf-smaller tasks                    all tasks

Options of every command:
${common}
`

/** What a task takes. */
export function taskUsage({ name, title, inputs, options }: TaskDescription): string {
  const several = goTogether(inputs, [])
    ? `All files go into one job${inputs.alone ? ', but several PDFs become a batch, a job for each' : ''}.`
    : 'Several files become one batch, a job for each.'
  return `Usage: pdf-smaller ${name} FILE... [-o OUT] [options]

${title}. ${several}

${optionHelp(options).join('\n')}

  -o, --out OUT  the file to write; for several files, a folder
  -f, --force    write over files that are there
  --tag WORD     a word to find the jobs by
  --fresh        work anew, even where an earlier job had the same files and options
${common}
`
}

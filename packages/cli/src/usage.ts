/** Thrown for a command line that is not understood; ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const exitCodes = { done: 0, failed: 1, usage: 2, unreachable: 3, interrupted: 130 } as const

export const usage = `Usage: pdf-smaller <task> FILE... [-o OUT] [--<option> VALUE]...
       pdf-smaller tasks | jobs | status ID | cancel ID | retry ID
       pdf-smaller keys create --tenant T --scopes submit,read [--id NAME] [--file KEYS.json]

  pdf-smaller compress scan.pdf -o small.pdf
  pdf-smaller compress --level high *.pdf -o small/
  pdf-smaller compress --help

Options of every command:
  --server URL     the service to use (or PDF_SMALLER_URL); by default the one running here, else one is started
  --force          write over files that are there
  -h, --help       this text; with a task, its options

The API key is read from PDF_SMALLER_API_KEY, or from the file that PDF_SMALLER_API_KEY_FILE names.
Exit codes: 0 done, 1 a job failed, 2 wrong usage, 3 the service cannot be reached, 130 interrupted.
`

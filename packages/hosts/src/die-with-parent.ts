import { execFile } from 'node:child_process'

/** No program that it runs gets rights by being run, and it ends with the process that started it (util-linux). */
export const dieWithParent = ['setpriv', '--no-new-privs', '--pdeathsig', 'KILL', '--'] as const

let found: Promise<boolean> | undefined

/** Whether this system has that program; looked for once. */
export function hasDieWithParent(): Promise<boolean> {
  const [file, ...args] = dieWithParent
  return (found ??= new Promise((resolve) => {
    execFile(file, [...args, 'true'], (error) => resolve(error === null))
  }))
}

import { getCompileCacheDir } from 'node:module'
import path from 'node:path'
import { dieWithParent } from './die-with-parent.ts'
import { watchParent } from './orphan-watch.ts'

/** Below what answers requests and holds leases, and above what only runs when nothing else does. */
const niceness = 5

/** The code that hosts of a kind run. */
export type Program = {
  /** The main file of a host. */
  main: string
  /** A file that loads what hosts load, and ends; it is given an argument of whoever starts it. */
  loader: string
}

/** What wraps the program of a host; each wrapper replaces itself by what follows. @param folder of the host */
export type Wrapper = (folder: string) => readonly string[]

/** The environment and the command that start a host. */
export type HostCommand = { file: string; args: string[]; env: Record<string, string> }

/** @param ends whether this system has what ends a process with the one that started it */
export function hostCommand(
  main: string,
  folder: string,
  sandbox: Wrapper | undefined,
  ends: boolean,
): HostCommand {
  // Where the sandbox is made by a program with rights of its own, that may not lose them before; it sees to the same.
  const held = sandbox ? sandbox(folder) : ends ? dieWithParent : []
  const node = [process.execPath, main, folder, ...(sandbox || ends ? [] : [watchParent])]
  return { file: 'nice', args: ['-n', String(niceness), ...held, ...node], env: environment(folder) }
}

/**
 * The command that has Node keep compiled code in its cache, where this process has one: a host in a sandbox can read it,
 * but not write there.
 */
export function compileCommand(loader: string, argument: string): HostCommand | undefined {
  const env = environment('/')
  if (env['NODE_COMPILE_CACHE'] === undefined) return undefined
  return { file: 'nice', args: ['-n', '19', process.execPath, loader, argument], env }
}

/**
 * Has glibc give large blocks back as soon as they are free (mallopt(3), M_MMAP_THRESHOLD). By itself it raises the bound to
 * the size of what was freed, up to 32 MB, and then keeps pictures of pages that nobody has any more.
 */
const givesBack = { MALLOC_MMAP_THRESHOLD_: String(256 * 1024) }

/** Of this process's environment only what finds programs and reads text. */
function environment(folder: string): Record<string, string> {
  const { PATH = '/usr/local/bin:/usr/bin:/bin', LANG = 'C.UTF-8' } = process.env
  const cache = getCompileCacheDir()
  // Node makes a folder for each version of it in there by itself.
  const cached = cache === undefined ? {} : { NODE_COMPILE_CACHE: path.dirname(cache) }
  return { PATH, LANG, HOME: folder, TMPDIR: folder, ...givesBack, ...cached }
}

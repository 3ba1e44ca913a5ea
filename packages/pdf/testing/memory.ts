import { readFileSync, writeFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect: unknown = runInNewContext('gc')

/** How much more memory was resident at most than before, bytes: the high-water mark of the process, set back before (Linux). */
export async function grownBy(work: () => Promise<unknown>): Promise<number> {
  if (typeof collect === 'function') collect()
  writeFileSync('/proc/self/clear_refs', '5')
  const before = residentOf('VmRSS')
  await work()
  return residentOf('VmHWM') - before
}

function residentOf(name: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync('/proc/self/status', 'latin1')
  const [, kilobytes] = new RegExp(`${name}:\\s+(\\d+) kB`).exec(status) ?? []
  return Number(kilobytes) * 1024
}

import { execFile } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { findProgram } from './find-program.ts'

const run = promisify(execFile)

const packages = ['radosgw', 'ceph-mon', 'ceph-osd']
const programs = ['radosgw', 'radosgw-admin', 'ceph', 'ceph-mon', 'ceph-osd', 'monmaptool']

/** Whether all programs of a one-machine Ceph with its S3 gateway are here. */
export function hasRgw(): boolean {
  return programs.every(findProgram)
}

/**
 * Installs the Ceph RADOS gateway (S3) and the two daemons behind it with apt: about 60 MB down, 270 MB on disk, 15 s.
 * @throws Error where apt or the right to use it is missing
 */
export async function installRgw(): Promise<void> {
  if (hasRgw()) return
  if (!findProgram('apt-get')) throw missing('there is no apt-get')
  const [command = '', ...before] = process.getuid?.() === 0 ? ['apt-get'] : ['sudo', '-n', 'apt-get']
  const options = ['-y', '-q', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300']
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const aptGet = (...args: string[]) => run(command, [...before, ...args], { env, maxBuffer: 64 << 20 })
  try {
    await aptGet('update', '-q')
    await aptGet('install', ...options, ...packages)
  } catch (error) {
    throw missing(error instanceof Error ? error.message : String(error))
  }
  if (!hasRgw())
    throw missing(
      `after the installation ${programs.filter((each) => !findProgram(each)).join(', ')} is still missing`,
    )
}

const missing = (why: string) =>
  new Error(
    `the Ceph RADOS gateway could not be installed: ${why}. Install these packages: ${packages.join(' ')}`,
  )

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await installRgw()

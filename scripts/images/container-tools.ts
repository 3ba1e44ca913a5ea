import { execFile, type ExecFileOptions } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { cacheFolder } from '../provision/cache.ts'
import { findProgram } from '../provision/find-program.ts'
import { installPackages } from '../provision/package-manager.ts'

/** Podman and Buildah of this machine, with the settings that they are run with here. */
export type ContainerTools = {
  env: NodeJS.ProcessEnv
  /** @returns what it printed. @throws Error with its last words */
  podman: (...args: string[]) => Promise<string>
  /** Whether it ended well; nothing is told. */
  holds: (...args: string[]) => Promise<boolean>
}

const programs = ['podman', 'buildah', 'runc']
// netavark and aardvark-dns give containers a network and names; netavark calls iptables.
const packages = [...programs, 'catatonit', 'netavark', 'aardvark-dns', 'iptables', 'debootstrap']

/**
 * The tools to build and run containers with.
 * @param install has them installed where they are missing, which takes the right to
 * @throws Error that says what is missing and how to get it
 */
export async function findContainerTools(install: boolean): Promise<ContainerTools> {
  const missing = () => programs.filter((name) => !findProgram(name))
  if (missing().length > 0 && install) await installPackages({ 'apt-get': packages, dnf: programs })
  if (missing().length > 0)
    throw new Error(
      `${missing().join(', ')} not found. Install them (Debian: apt-get install ${packages.join(' ')}), or have it ` +
        'done: npm run images -- --install',
    )
  const env = { ...process.env, CONTAINERS_CONF: await settingsFile() }
  const podman = (...args: string[]) => outputOf('podman', args, { env })
  return {
    env,
    podman,
    holds: (...args) =>
      podman(...args).then(
        () => true,
        () => false,
      ),
  }
}

/**
 * Settings that also hold where this itself runs in a container: there crun, Podman's usual runtime, fails at control groups
 * of both versions, systemd is away, and limits cannot be raised.
 */
async function settingsFile(): Promise<string> {
  const file = path.join(cacheFolder(), 'containers.conf')
  await mkdir(cacheFolder(), { recursive: true })
  await writeFile(
    file,
    `[containers]
default_ulimits = ["nofile=10000:10000", "nproc=4096:4096"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
`,
  )
  return file
}

const execute = promisify(execFile)

/**
 * What a program prints.
 * @throws Error with its command and its last words
 */
export async function outputOf(
  program: string,
  args: readonly string[],
  options: ExecFileOptions = {},
): Promise<string> {
  try {
    const { stdout } = await execute(program, args, { maxBuffer: 2 ** 26, ...options, encoding: 'utf8' })
    return stdout.trim()
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
    throw new Error(`${[program, ...args].join(' ')} failed:\n${said.trim().slice(-2000)}`, { cause: error })
  }
}

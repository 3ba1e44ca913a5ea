import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { findProgram } from './find-program.ts'
import { installPackages } from './package-manager.ts'
import { step } from './step.ts'

/** A PyPI package at one version, and the SHA-256 of its wheel on each processor. */
export type Wheel = { name: string; version: string; sha256: Partial<Record<NodeJS.Architecture, string>> }

/**
 * Unpacks a wheel into a folder of its own. pip refuses every file whose hash is not the one given here.
 * @throws Error where there is no wheel for this machine, or no pip and no way to install it
 */
export async function unpackWheel({ name, version, sha256 }: Wheel, folder: string): Promise<void> {
  const hash = sha256[process.arch]
  if (process.platform !== 'linux' || !hash)
    throw new Error(`there is no wheel of ${name} for ${process.platform} ${process.arch}`)
  const requirements = path.join(folder, 'requirements.txt')
  await writeFile(requirements, `${name}==${version} --hash=sha256:${hash}\n`)
  await fetchPackages(`${name} ${version}`, requirements, path.join(folder, 'wheel'))
}

/**
 * Unpacks packages into a folder, those that a file of requirements names and no others. pip refuses every file whose
 * hash does not stand there.
 * @throws Error where a package has no wheel for this machine, or there is no pip and no way to install it
 */
export async function fetchPackages(what: string, requirements: string, target: string): Promise<void> {
  const pip = findProgram('pip3') ?? (await installedPip())
  await step(
    `Fetching ${what}`,
    pip,
    // prettier-ignore
    [
      'install', '--quiet', '--no-deps', '--no-compile', '--no-cache-dir', '--disable-pip-version-check',
      '--root-user-action=ignore', '--only-binary=:all:', '--require-hashes', '--requirement', requirements,
      '--target', target,
    ],
  )
}

async function installedPip(): Promise<string> {
  await installPackages({ 'apt-get': ['python3-pip'], dnf: ['python3-pip'], apk: ['py3-pip'] })
  const pip = findProgram('pip3')
  if (!pip) throw new Error('there is no pip3')
  return pip
}

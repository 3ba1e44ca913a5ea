import { hash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { addToCache, cacheFolder } from './cache.ts'
import { findProgram } from './find-program.ts'
import { fetchPackages } from './pip.ts'

const requirements = path.resolve(import.meta.dirname, '../../test/soak/http/requirements.txt')

/** A Python, and the folder of the packages that make schemathesis: its PYTHONPATH. */
export type Schemathesis = { python: string; packages: string }

/**
 * Schemathesis of this machine; fetched (20 MB) where it is not there.
 * @throws Error where there is no Python 3.10 or newer, or a package has no wheel for it
 */
export async function provideSchemathesis(): Promise<Schemathesis> {
  const python = findProgram('python3')
  if (!python) throw new Error('schemathesis needs Python 3.10 or newer: install python3')
  const name = `schemathesis-${hash('sha256', await readFile(requirements, 'utf8')).slice(0, 12)}`
  const packages = path.join(cacheFolder(), name)
  if (!existsSync(packages))
    await addToCache(name, 'packages', (folder) =>
      fetchPackages('schemathesis', requirements, path.join(folder, 'packages')),
    )
  return { python, packages }
}

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { findProgram } from './find-program.ts'

/** The newest version that the Go module proxy gives; the project publishes no binaries any more. */
const minioModule = 'github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c'

/** The MinIO server of this machine: MINIO_BIN, the search path, or what installMinio has built. */
export function findMinio(): string | undefined {
  return (
    process.env['MINIO_BIN'] ?? findProgram('minio') ?? (existsSync(builtMinio()) ? builtMinio() : undefined)
  )
}

/**
 * The path of a MinIO server; builds one with Go where there is none, which takes about three minutes once.
 * @throws Error where there is no Go either
 */
export async function installMinio(): Promise<string> {
  const found = findMinio()
  if (found) return found
  if (!findProgram('go')) {
    throw new Error(
      'MinIO is not installed and cannot be built without Go: install Go 1.24 or newer, or name a server with MINIO_BIN',
    )
  }
  process.stderr.write('Building MinIO from source; this takes about three minutes, once\n')
  await mkdir(path.dirname(builtMinio()), { recursive: true })
  // Beside its final place, so that the rename is atomic: several set-ups may run at once.
  const folder = await mkdtemp(`${builtMinio()}-build-`)
  try {
    await promisify(execFile)('go', ['install', minioModule], {
      env: { ...process.env, GOBIN: folder, CGO_ENABLED: '0' },
      maxBuffer: 64 << 20,
    })
    await rename(path.join(folder, 'minio'), builtMinio())
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return builtMinio()
}

function builtMinio(): string {
  const cache = process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache')
  return path.join(cache, 'pdf-smaller/bin/minio')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(await installMinio())

import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { cacheFolder } from './cache.ts'
import { findProgram } from './find-program.ts'
import { goInstall } from './go.ts'

/** The newest version that the Go module proxy gives; the project publishes no binaries any more. */
const minioModule = 'github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c'

/** The MinIO server of this machine: MINIO_BIN, the search path, or what installMinio has built. */
export function findMinio(): string | undefined {
  return (
    process.env['MINIO_BIN'] ?? findProgram('minio') ?? (existsSync(builtMinio()) ? builtMinio() : undefined)
  )
}

/**
 * The path of a MinIO server; builds one with Go where there is none.
 * @throws Error where that fails
 */
export async function installMinio(): Promise<string> {
  return findMinio() ?? (await goInstall(minioModule, 'minio', 'about three minutes'))
}

function builtMinio(): string {
  return path.join(cacheFolder(), 'minio')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(await installMinio())

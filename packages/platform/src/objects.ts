import path from 'node:path'
import { type ObjectStore, openDirectoryStore } from '@pdf-smaller/object-store'
import type { Config } from './config.ts'

/** Opens the store of files that the settings name. */
export async function openObjects(config: Config): Promise<ObjectStore> {
  return openDirectoryStore({
    folder: path.join(config.DATA_DIR, 'objects'),
    durable: config.STORAGE_DURABLE,
  })
}

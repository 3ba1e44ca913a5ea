import path from 'node:path'
import { type ObjectStore, openDirectoryStore } from '@pdf-smaller/object-store'
import type { Config } from './config.ts'

/** Opens the store of files that the settings name. The S3 client is loaded only where it is used: it costs 20 MB. */
export async function openObjects(config: Config): Promise<ObjectStore> {
  if (config.STORAGE === 'directory') {
    return openDirectoryStore({
      folder: path.join(config.DATA_DIR, 'objects'),
      durable: config.STORAGE_DURABLE,
    })
  }
  const { openS3Store } = await import('@pdf-smaller/object-store/s3')
  return openS3Store({
    endpoint: config.S3_ENDPOINT ?? '',
    publicEndpoint: config.S3_PUBLIC_ENDPOINT,
    region: config.S3_REGION,
    bucket: config.S3_BUCKET,
    accessKey: config.S3_ACCESS_KEY ?? '',
    secretKey: config.S3_SECRET_KEY ?? '',
  })
}

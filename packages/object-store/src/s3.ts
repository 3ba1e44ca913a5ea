import { assertKey, assertPrefix } from './key.ts'
import { type ObjectStore, ObjectStoreError } from './port.ts'
import { probeStore } from './probe.ts'
import { listBucket, makeBucket, removePrefix } from './s3-bucket.ts'
import { connectS3, type S3Address, signerOf } from './s3-connection.ts'
import { s3Direct } from './s3-direct.ts'
import { toldByS3 } from './s3-errors.ts'
import { abortUpload } from './s3-multipart.ts'
import { copyObject, isTaken, removeObject } from './s3-objects.ts'
import { s3Read } from './s3-read.ts'
import { s3Upload } from './s3-upload.ts'

export type S3Options = {
  /** `http(s)://host[:port]` of MinIO, Ceph RGW, AWS or any other S3 store. */
  endpoint: string
  /** The same store as clients reach it, for direct uploads and downloads; `endpoint` by default. */
  publicEndpoint?: string | undefined
  region?: string | undefined
  /** Made at the first write when it is not there. */
  bucket: string
  accessKey: string
  secretKey: string
  sessionToken?: string | undefined
  /** The bucket in the path, not in the host name; on by default. */
  pathStyle?: boolean | undefined
  /** PEM certificates of the authorities to trust beside the usual ones. */
  ca?: string | undefined
  /** A source or a reader that does nothing for so long is given up; 30,000 by default. */
  stallMs?: number | undefined
  /** At least 5 MiB; 8 MiB by default. */
  partBytes?: number | undefined
}

/** A store in a bucket of any S3 server. Connects with the first call. Objects are at most 5 GiB. */
export function openS3Store({
  publicEndpoint,
  stallMs,
  partBytes = 8 << 20,
  region = 'us-east-1',
  pathStyle = true,
  ...options
}: S3Options): ObjectStore {
  const address: S3Address = { ...options, region, pathStyle }
  const connection = connectS3(address)
  const signer = signerOf({ ...address, endpoint: publicEndpoint ?? address.endpoint })
  const ensureBucket = onceDone(() => makeBucket(connection, region))
  const { put, putFile } = s3Upload(connection, { partBytes, stallMs, ensureBucket })
  const { get, getFile, stat } = s3Read(connection, stallMs)
  const remove: ObjectStore['remove'] = async (key) => {
    assertKey(key)
    await removeObject(connection, key)
  }
  return {
    put,
    putFile,
    get,
    getFile,
    stat,
    copy: async (from, to) => {
      assertKey(to)
      const object = await stat(from)
      // Not every store can refuse a copy onto a key that is taken.
      if (await toldByS3(to, isTaken(connection, to)))
        throw new ObjectStoreError('exists', to, 'the key is taken')
      await copyObject(connection, from, to)
      return { ...object, key: to }
    },
    remove,
    removePrefix: (prefix) => removePrefix(connection, prefix),
    list: (prefix) => {
      assertPrefix(prefix)
      return listBucket(connection, prefix)
    },
    probe: () => probeStore({ put, get, remove }),
    ...s3Direct(connection, signer, { stallMs, ensureBucket }),
    abortUploads: async (uploads) => {
      for (const upload of uploads) {
        assertKey(upload.key)
        await toldByS3(upload.key, abortUpload(connection, upload))
      }
    },
    close: async () => connection.close(),
  }
}

/** Runs the work at the first call, and again after a failure, but not after a success. */
function onceDone(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= work().catch((error: unknown) => {
      done = undefined
      throw error
    })
    return done
  }
}

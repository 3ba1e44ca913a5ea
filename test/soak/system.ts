import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { freePort, type NatsServer } from '../fixtures/nats/server.ts'
import { type S3Server, storageSettings } from '../fixtures/object-servers/server.ts'
import { type Member, member } from './fleet.ts'

export type Fleet = { urls: string[]; members: Member[]; settings: Record<string, string> }

/** Starts every service apart from the others, two of each; in a shared directory one gateway only, for its projection is there too. */
export async function startFleet(nats: NatsServer, folder: string, s3: S3Server | undefined): Promise<Fleet> {
  const settings = {
    PDF_SMALLER_NATS_URL: nats.url,
    PDF_SMALLER_LOG_LEVEL: process.env['SOAK_LOG_LEVEL'] ?? 'silent',
    PDF_SMALLER_RETRY_PACE: '0.1',
    PDF_SMALLER_STORAGE_DURABLE: 'false',
    // A gateway that is killed leaves files that are to go soon.
    PDF_SMALLER_UPLOAD_SECONDS: '10',
    PDF_SMALLER_UPLOAD_GRACE_SECONDS: '1',
    PDF_SMALLER_DATA_DIR: folder,
    ...(s3 ? storageSettings(s3, `soak-${randomUUID()}`) : {}),
  }
  const ports = s3 ? [await freePort(), await freePort()] : [await freePort()]
  const gateways = ports.map((port, n) =>
    member('gateway', `gateway-${n}`, {
      ...settings,
      PDF_SMALLER_PORT: String(port),
      ...(s3 ? { PDF_SMALLER_DATA_DIR: path.join(folder, `gateway-${n}`) } : {}),
    }),
  )
  const workers = ['compression', 'conversion', 'janitor'].flatMap((service) =>
    [0, 1].map((n) => member(service, `${service}-${n}`, settings)),
  )
  return {
    urls: ports.map((port) => `http://127.0.0.1:${port}`),
    members: [...gateways, ...workers],
    settings,
  }
}

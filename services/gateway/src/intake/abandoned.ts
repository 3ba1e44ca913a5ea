import { jobAnywhere, type StoredEvent, streams, type UploadAbandoned } from '@pdf-smaller/contracts'
import type { Consumption, Delivery } from '@pdf-smaller/eventstore'
import { loadJob } from '@pdf-smaller/platform'
import type { Context } from '../context.ts'

/** Who gives switches out that went off. */
export const uploadConsumer = {
  stream: streams.jobs,
  name: 'gateway-uploads',
  filters: ['tick.upload.*.*'],
  backoffMs: [60_000, 120_000, 300_000, 600_000],
  maxDeliver: 20,
}
const slots = 4
const againMs = 60_000

/** Deletes files whose dead man's switch went off, on whichever replica gets the message. */
export function removeAbandoned(context: Context): Promise<Consumption> {
  return context.store.subscribe(uploadConsumer, slots, (delivery) => handle(context, delivery))
}

async function handle(
  context: Context,
  { reading, ack, nak, subject }: Delivery<StoredEvent>,
): Promise<void> {
  const { log } = context
  if (!reading.ok || reading.recorded.event.type !== 'pdfsmaller.upload.abandoned.v1') {
    log.error({ subject }, 'a stored message is no abandoned upload and was set aside')
    return ack()
  }
  try {
    await removeUpload(context, reading.recorded.event)
    ack()
  } catch (error) {
    log.warn({ subject, err: error }, 'an abandoned upload is still there; it is tried again')
    nak(againMs)
  }
}

async function removeUpload({ store, objects, log }: Context, event: UploadAbandoned): Promise<void> {
  const { tenant, prefix, multipart } = event.data
  const job = await loadJob(store, jobAnywhere(tenant, event.subject))
  // The append that requests the job ends the switch; this guards against files that a job lives on all the same.
  if (job?.inputs.some(({ key }) => key.startsWith(prefix))) return
  await objects.abortUploads(multipart)
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1)
  const keys: string[] = []
  for await (const { key } of objects.list(folder)) if (key.startsWith(prefix)) keys.push(key)
  await Promise.all(keys.map((key) => objects.remove(key)))
  if (keys.length > 0)
    log.info({ id: event.subject, files: keys.length }, 'deleted files that belong to no job')
}

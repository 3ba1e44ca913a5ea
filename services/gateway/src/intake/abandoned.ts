import { jobAnywhere, type StoredEvent, type UploadAbandoned, uploadConsumer } from '@pdf-smaller/contracts'
import { type Consumption, reactTo } from '@pdf-smaller/eventstore'
import { durableOf, loadJob } from '@pdf-smaller/platform'
import type { Context } from '../context.ts'

const slots = 4

/** Deletes files whose dead man's switch went off, on whichever replica gets the message. */
export function removeAbandoned(context: Context): Promise<Consumption> {
  const { log, store } = context
  const react = reactTo<StoredEvent>({
    handle: async ({ event, subject }) => {
      // A gateway of the release that set the switch knows what is to be done.
      if (event.type === 'newer') return 'again'
      if (event.type === 'pdfsmaller.upload.abandoned.v1') return removeUpload(context, event)
      log.error({ subject }, 'an event that is no abandoned upload was set aside')
    },
    onPoison: ({ subject, error }) => log.error({ subject, err: error }, 'a stored message was set aside'),
    onError: (error, { subject }) =>
      log.warn({ subject, err: error }, 'an abandoned upload is still there; it is tried again'),
  })
  return store.subscribe(durableOf(uploadConsumer), slots, react)
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

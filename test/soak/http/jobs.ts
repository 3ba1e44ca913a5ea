import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Client, createClient, type TaskName } from '@pdf-smaller/client/node'
import type { JobView } from '@pdf-smaller/contracts'

const example = (name: string) => fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url))

/** A small PDF that most tasks take. */
export const smallPdf = example('invoice.pdf')

/** A job as the requests name it: its id, and the names of its outputs. */
type Named = { id: string; outputs: string[] }

/** Jobs that are there for the requests, by what can be done with them. */
export type Jobs = { finished: Named[]; scheduled: Named[]; erasable: Named[] }

/** Has the system do a job of each kind, one that fails and one that is cancelled among them. */
export async function makeJobs(baseUrl: string, apiKey: string, folder: string): Promise<Jobs> {
  const client = createClient({ baseUrl, apiKey })
  const cut = path.join(folder, 'cut-off.pdf')
  await writeFile(cut, '%PDF-1.7\nthis is cut off')
  const tomorrow = new Date(Date.now() + 86_400_000)
  const later = () => client.submit('split', [smallPdf], { startAt: tomorrow })
  const finished = await Promise.all([
    done(client, 'compress', [smallPdf]),
    done(client, 'bulk-compress', [smallPdf, example('form.pdf')]),
    done(client, 'split', [smallPdf]),
    done(client, 'merge', [smallPdf, example('form.pdf')]),
    done(client, 'convert-to-images', [smallPdf]),
    done(client, 'extract-text', [smallPdf]),
    done(client, 'ocr', [example('fax.pdf')]),
    done(client, 'compress', [cut]),
    later().then(({ id }) => client.cancel(id)),
  ])
  const erasable = await Promise.all(
    ['one', 'two', 'three'].map((tag) => done(client, 'split', [smallPdf], tag)),
  )
  const scheduled = await Promise.all([later(), later(), later()])
  return {
    finished: finished.map(named),
    scheduled: scheduled.map(named),
    erasable: erasable.map(named),
  }
}

async function done(client: Client, task: TaskName, files: string[], tag?: string): Promise<JobView> {
  const { id } = await client.submit(task, files, { tag, fresh: true })
  return client.wait(id)
}

const named = ({ id, outputs }: JobView): Named => ({ id, outputs: outputs.map(({ name }) => name) })

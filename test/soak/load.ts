import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { JobView } from '@pdf-smaller/contracts'

const examples = new URL('../../examples/', import.meta.url)

export type Ask = {
  task: string
  name: string
  files: Uint8Array<ArrayBuffer>[]
  /** Whether the files are what the task works on, so that it is to succeed. */
  whole: boolean
  cancel: boolean
}

/** What is asked for: mostly quick jobs, some long ones, some that fail, and some that are cancelled. */
export async function asks(count: number, random: () => number): Promise<Ask[]> {
  const read = async (name: string) => Uint8Array.from(await readFile(new URL(name, examples)))
  const [invoice, form, statement, fax] = await Promise.all([
    read('invoice.pdf'),
    read('form.pdf'),
    read('bank-statement.pdf'),
    read('fax.pdf'),
  ])
  const cut = new TextEncoder().encode('%PDF-1.7\nthis is cut off')
  /** Each up to its share of what is drawn. */
  const kinds = [
    { upTo: 0.22, task: 'split', files: [invoice] },
    { upTo: 0.42, task: 'split', files: [statement] },
    { upTo: 0.46, task: 'merge', files: [invoice, form] },
    { upTo: 0.5, task: 'convert-to-images', files: [invoice] },
    { upTo: 0.52, task: 'bulk-compress', files: [invoice, form] },
    { upTo: 0.56, task: 'extract-invoice', files: [invoice] },
    { upTo: 0.6, task: 'extract-bank-statement', files: [statement] },
    { upTo: 0.68, task: 'extract-text', files: [statement] },
    { upTo: 0.7, task: 'ocr', files: [fax] },
    { upTo: 0.85, task: 'compress', files: [cut] },
    { upTo: 0.97, task: 'compress', files: [invoice] },
    { upTo: 1, task: 'compress', files: [form] },
  ]
  return Array.from({ length: count }, (_, n) => {
    const drawn = random()
    const cancel = random() < 0.05
    const kind = kinds.find(({ upTo }) => drawn < upTo)
    if (!kind) throw new Error(`${drawn} is of no kind`)
    const { task, files } = kind
    // Another name makes another job of the same file: no result serves again.
    return { task, name: `file-${n}`, files, whole: !files.includes(cut), cancel }
  })
}

/** Hands a job in for certain: on whichever gateway answers, under one idempotency key. */
export async function submit(
  urls: readonly string[],
  n: number,
  ask: Ask,
  signal: AbortSignal,
): Promise<JobView> {
  for (let turn = n; ; turn++) {
    signal.throwIfAborted()
    const answer = await send(urls[turn % urls.length] ?? '', n, ask).catch(() => undefined)
    if (answer?.ok) return JobView.parse(await answer.json())
    if (answer && answer.status < 500 && answer.status !== 408 && answer.status !== 429)
      throw new Error(`job ${n} was refused with ${answer.status}: ${await answer.text()}`)
    await wait(200)
  }
}

function send(url: string, n: number, { task, name, files }: Ask): Promise<Response> {
  const form = new FormData()
  for (const [i, bytes] of files.entries())
    form.append('file', new Blob([bytes], { type: 'application/pdf' }), `${name}-${i}.pdf`)
  return fetch(`${url}/api/tasks/${task}/jobs`, {
    method: 'POST',
    body: form,
    headers: { 'idempotency-key': `soak-${n}` },
    signal: AbortSignal.timeout(10_000),
  })
}

/** Asks for a cancellation, which may come too late or get lost. */
export async function cancel(urls: readonly string[], { id }: JobView): Promise<void> {
  const signal = AbortSignal.timeout(5000)
  await fetch(`${urls[0]}/api/jobs/${id}/cancel`, { method: 'POST', signal }).catch(() => {})
}

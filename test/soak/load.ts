import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { JobView } from '@pdf-smaller/contracts'

const examples = new URL('../../examples/', import.meta.url)

export type Ask = { task: string; name: string; bytes: Uint8Array<ArrayBuffer>; cancel: boolean }

/** What is asked for: mostly quick jobs, some long ones, some that fail, and some that are cancelled. */
export async function asks(count: number, random: () => number): Promise<Ask[]> {
  const read = async (name: string) => Uint8Array.from(await readFile(new URL(name, examples)))
  const [invoice, form, statement, fax] = await Promise.all(
    ['invoice.pdf', 'form.pdf', 'bank-statement.pdf', 'fax.pdf'].map(read),
  )
  const cut = new TextEncoder().encode('%PDF-1.7\nthis is cut off')
  return Array.from({ length: count }, (_, n) => {
    const kind = random()
    const cancel = random() < 0.05
    // Another name makes another job of the same file: no result serves again.
    const name = `file-${n}.pdf`
    if (kind < 0.6) return { task: 'split', name, bytes: (kind < 0.3 ? invoice : statement) ?? cut, cancel }
    if (kind < 0.68) return { task: 'extract-text', name, bytes: statement ?? cut, cancel }
    if (kind < 0.7) return { task: 'ocr', name, bytes: fax ?? cut, cancel }
    if (kind < 0.85) return { task: 'compress', name, bytes: cut, cancel }
    return { task: 'compress', name, bytes: (kind < 0.97 ? invoice : form) ?? cut, cancel }
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

function send(url: string, n: number, { task, name, bytes }: Ask): Promise<Response> {
  const form = new FormData()
  form.set('file', new Blob([bytes], { type: 'application/pdf' }), name)
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

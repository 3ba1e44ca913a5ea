import { askForBlob } from '../api/ask.ts'
import { apiKey } from '../api/key.ts'
import type { ListedJob } from '../api/job.ts'

export const resultAddress = (id: string) => `/api/jobs/${encodeURIComponent(id)}/result`

/** Saves the result of a job. Without a key the browser fetches it by itself, of whatever size it is. @throws Trouble */
export async function download(job: ListedJob): Promise<void> {
  if (!apiKey.value) return save(resultAddress(job.id), '')
  const url = URL.createObjectURL(await askForBlob(resultAddress(job.id)))
  save(url, job.outputs[0]?.name ?? '')
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** The result of a job as a file. @throws Trouble */
export async function resultFile({ id, outputs }: ListedJob): Promise<File> {
  const blob = await askForBlob(resultAddress(id))
  const [first] = outputs
  return new File([blob], first?.name ?? 'file', { type: first?.contentType ?? blob.type })
}

function save(address: string, name: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
}

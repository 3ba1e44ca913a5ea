import { askForBlob } from '../api/ask.ts'
import { apiKey } from '../api/key.ts'
import type { ListedJob } from '../api/job.ts'

export const resultAddress = (id: string) => `/api/jobs/${encodeURIComponent(id)}/result`

/** Saves the result of a job. @throws Trouble */
export const download = ({ id, outputs }: ListedJob): Promise<void> =>
  saveFile(resultAddress(id), outputs[0]?.name ?? '')

/** Saves a file of the service. Without a key the browser fetches it by itself, of whatever size it is. @throws Trouble */
export async function saveFile(address: string, name: string): Promise<void> {
  if (!apiKey.value) return save(address, name)
  const url = URL.createObjectURL(await askForBlob(address))
  save(url, name)
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

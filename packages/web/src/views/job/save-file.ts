import { askForBlob } from '../../api/ask.ts'
import { apiKey } from '../../api/key.ts'

/** Saves a file of the service. Without a key the browser fetches it by itself, of whatever size it is. @throws Trouble */
export async function saveFile(address: string, name: string): Promise<void> {
  if (!apiKey.value) return save(address, name)
  const url = URL.createObjectURL(await askForBlob(address))
  save(url, name)
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

function save(address: string, name: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
}

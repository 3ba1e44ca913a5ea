import { bringsFiles, droppedIn } from '../queue/dropped.ts'

/** Keeps files that are dropped or pasted until the page takes them, so that no browser opens one in its place. */
export function keepEarlyFiles(): void {
  window.broughtEarly = []
  addEventListener('dragover', (event) => {
    if (bringsFiles(event.dataTransfer)) event.preventDefault()
  })
  addEventListener('drop', (event) => {
    if (!bringsFiles(event.dataTransfer)) return
    event.preventDefault()
    window.broughtEarly?.push(...droppedIn(event.dataTransfer))
  })
  addEventListener('paste', ({ clipboardData }) => {
    if (bringsFiles(clipboardData)) window.broughtEarly?.push(...droppedIn(clipboardData))
  })
}

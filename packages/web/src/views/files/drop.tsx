import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Brought } from '../../queue/brought.ts'
import { addFiles } from '../../queue/queue.ts'
import { addressOf } from '../../routing.ts'
import { t } from '../../texts/index.ts'

/** Whether files are held over the page. */
const isOver = signal(false)

const bringsFiles = (given: DataTransfer | null): given is DataTransfer =>
  given !== null && [...given.types].includes('Files')

/** Files with their handles, where the browser gives these. They have to be taken before the event is over. */
async function broughtBy({ items }: DataTransfer): Promise<Brought[]> {
  const taken = [...items].flatMap((item) => {
    const file = item.getAsFile()
    if (!file) return []
    return [{ file, handle: item.getAsFileSystemHandle?.() }]
  })
  return Promise.all(
    taken.map(async ({ file, handle }): Promise<Brought> => {
      const found = await handle?.catch(() => null)
      return { file, handle: found instanceof FileSystemFileHandle ? found : undefined }
    }),
  )
}

async function take(given: DataTransfer): Promise<void> {
  const brought = await broughtBy(given)
  if (brought.length === 0) return
  addFiles(brought)
  location.hash = addressOf.files()
}

/** Takes files that are dropped or pasted anywhere, and shows while they are held over the page. */
export function DropAnywhere() {
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!bringsFiles(event.dataTransfer)) return
      event.preventDefault()
      isOver.value = true
    }
    const leave = ({ relatedTarget }: DragEvent) => {
      if (relatedTarget === null) isOver.value = false
    }
    const drop = (event: DragEvent) => {
      isOver.value = false
      if (!bringsFiles(event.dataTransfer)) return
      event.preventDefault()
      void take(event.dataTransfer)
    }
    const paste = ({ clipboardData }: ClipboardEvent) => {
      if (bringsFiles(clipboardData)) void take(clipboardData)
    }
    const ending = new AbortController()
    const { signal } = ending
    addEventListener('dragover', over, { signal })
    addEventListener('dragleave', leave, { signal })
    addEventListener('drop', drop, { signal })
    addEventListener('paste', paste, { signal })
    return () => ending.abort()
  }, [])
  if (!isOver.value) return null
  return (
    <div class="dropping" aria-hidden="true">
      <p>{t.value.files.dropNow}</p>
    </div>
  )
}

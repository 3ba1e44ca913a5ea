import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Brought } from '../../queue/brought.ts'
import { bringsFiles, type Dropped, droppedIn } from '../../queue/dropped.ts'
import { addFiles } from '../../queue/queue.ts'
import { addressOf } from '../../routing.ts'
import { t } from '../../texts/index.ts'

/** Whether files are held over the page. */
const isOver = signal(false)

async function broughtBy({ file, handle }: Dropped): Promise<Brought> {
  const found = await handle?.catch(() => null)
  return { file, handle: found instanceof FileSystemFileHandle ? found : undefined }
}

async function take(dropped: readonly Dropped[]): Promise<void> {
  if (dropped.length === 0) return
  const brought = await Promise.all(dropped.map(broughtBy))
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
      void take(droppedIn(event.dataTransfer))
    }
    const paste = ({ clipboardData }: ClipboardEvent) => {
      if (bringsFiles(clipboardData)) void take(droppedIn(clipboardData))
    }
    const ending = new AbortController()
    const { signal } = ending
    addEventListener('dragover', over, { signal })
    addEventListener('dragleave', leave, { signal })
    addEventListener('drop', drop, { signal })
    addEventListener('paste', paste, { signal })
    void take(window.broughtEarly ?? [])
    window.broughtEarly = undefined
    return () => ending.abort()
  }, [])
  if (!isOver.value) return null
  return (
    <div class="dropping" aria-hidden="true">
      <p>{t.value.files.dropNow}</p>
    </div>
  )
}

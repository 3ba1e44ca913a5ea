import { computed } from '@preact/signals'
import { isRefusedForNow } from '../../queue/entry.ts'
import { hasHandle } from '../../queue/brought.ts'
import { entries } from '../../queue/entries.ts'
import { allowAgain, remove, retryAll } from '../../queue/queue.ts'
import { t } from '../../texts/index.ts'
import { Button } from '../../ui/index.ts'
import { QueueRow } from './queue-row.tsx'

const failed = computed(() => entries.value.filter(isRefusedForNow))
const allowable = computed(() => entries.value.filter(({ id, way }) => way.kind === 'lost' && hasHandle(id)))
const done = computed(() => entries.value.filter(({ way }) => way.kind === 'submitted'))

export function QueueList() {
  const { files } = t.value
  return (
    <div class="stack queue">
      <ul class="rows card rows-card" aria-label={files.list}>
        {entries.value.map((entry) => (
          <QueueRow key={entry.id} entry={entry} />
        ))}
      </ul>
      <div class="row">
        {failed.value.length > 1 && <Button onClick={retryAll}>{files.retryAll(failed.value.length)}</Button>}
        {allowable.value.length > 0 && <Button onClick={() => void allowAgain()}>{files.allow}</Button>}
        {done.value.length > 0 && (
          <Button look="quiet" onClick={() => done.value.forEach(({ id }) => remove(id))}>
            {files.clear}
          </Button>
        )}
      </div>
    </div>
  )
}

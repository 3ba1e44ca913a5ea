import { formats, t } from '../../texts/index.ts'
import type { Disk } from './contracts.ts'
import { Panel } from './shown.tsx'

/** Where less is free than this, the checks of health say so. */
const lowBytes = 5e9

/** How full the disks of the services are. */
export function Disks({ folders }: { folders: readonly Disk[] }) {
  const { disks: words } = t.value.system
  const { bytes, percent } = formats.value
  const freeOf = ({ freeBytes, bytes: all }: Disk) => (all > 0 ? freeBytes / all : 1)
  const [fullest] = folders.toSorted((one, other) => freeOf(one) - freeOf(other))
  if (!fullest) return undefined
  return (
    <Panel title={words.title} says={words.says(bytes(fullest.freeBytes), percent(freeOf(fullest)))}>
      <ul class="shares">
        {folders.map((disk) => (
          <li key={`${disk.host} ${disk.folder}`}>
            <span class="mono">{disk.folder}</span>
            <span class="soft small">{words.free(bytes(disk.freeBytes), bytes(disk.bytes))}</span>
            <meter
              class={`share ${disk.freeBytes < lowBytes ? 'share-bad' : ''}`}
              max={1}
              value={1 - freeOf(disk)}
              aria-label={words.used(disk.folder, percent(1 - freeOf(disk)))}
            />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

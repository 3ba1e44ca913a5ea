import { entries, isOpened, usableOnes } from '../../queue/entries.ts'
import { t } from '../../texts/index.ts'
import { Heading } from '../../ui/index.ts'
import { Chooser } from './chooser.tsx'
import { QueueList } from './queue-list.tsx'
import { TaskPanel } from './task-panel.tsx'

/** Bringing files, and saying what is to be done with them. */
export function FilesView() {
  const { files } = t.value
  // It would be gone again in a moment.
  if (entries.value.length === 0) return isOpened.value ? <Welcome /> : null
  const hasOpen = usableOnes.value.length > 0
  return (
    <div class="stack-wide">
      <div class="row spread">
        <Heading title={files.title}>{hasOpen ? files.count(usableOnes.value.length) : files.list}</Heading>
        <div class="row">
          <span class="soft small drop-more">{files.dropMore}</span>
          <Chooser look={hasOpen ? 'plain' : 'primary'} words={files.chooseMore} />
        </div>
      </div>
      <div class={hasOpen ? 'beside' : 'stack'}>
        <QueueList />
        {hasOpen && <TaskPanel />}
      </div>
    </div>
  )
}

function Welcome() {
  const { files } = t.value
  return (
    <div class="welcome">
      <svg viewBox="0 0 64 64" width="64" height="64" aria-hidden="true">
        <path d="M18 6h20l12 12v40H18z" class="sheet" />
        <path d="M38 6v12h12" class="sheet" />
        <path d="M34 26v20m-8-8 8 8 8-8" class="way" />
      </svg>
      <Heading title={files.title}>{files.drop}</Heading>
      <p class="soft">{files.how}</p>
      <Chooser look="primary" words={files.choose} />
      <p class="soft small">{files.where}</p>
    </div>
  )
}

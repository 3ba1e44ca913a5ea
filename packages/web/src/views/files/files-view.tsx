import { t } from '../../texts/index.ts'
import { Empty, Heading } from '../../ui/index.ts'

export function FilesView() {
  const { files } = t.value
  return (
    <div class="stack-wide">
      <Heading title={files.title} />
      <Empty>
        <p>{files.comes}</p>
      </Empty>
    </div>
  )
}

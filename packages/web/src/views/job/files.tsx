import type { Job } from '../../api/job.ts'
import { asTrouble } from '../../api/trouble.ts'
import { formats, t } from '../../texts/index.ts'
import { shownName } from '../../texts/shown-name.ts'
import { saveFile } from '../../state/download.ts'
import { Button, Disclosure, tell } from '../../ui/index.ts'

/** Files that are listed before the rest is folded. */
const mostListed = 6

/** What went in and what came out, each with what it takes; what came out can be saved. */
export function Files({ job }: { job: Job }) {
  const { job: words } = t.value
  const { inputs, outputs, links } = job
  const made = outputs.map((file, index) => ({ ...file, address: links.files?.[index] }))
  return (
    <section class="stack" aria-label={words.files}>
      <h2>{words.files}</h2>
      {job.expired && <p class="soft">{words.gone(formats.value.dateTime(job.expired.at))}</p>}
      <FileList label={words.inputs} files={inputs} />
      {made.length > 0 && <FileList label={words.outputs} files={made} />}
    </section>
  )
}

type Listed = { name: string; size: number; key: string; address?: string | undefined }

function FileList({ label, files }: { label: string; files: readonly Listed[] }) {
  const { job: words } = t.value
  const [first, rest] = [files.slice(0, mostListed), files.slice(mostListed)]
  return (
    <div>
      <h3 class="soft small">{label}</h3>
      <Rows files={first} />
      {rest.length > 0 && (
        <Disclosure summary={words.moreFiles(rest.length)}>
          <Rows files={rest} />
        </Disclosure>
      )}
    </div>
  )
}

function Rows({ files }: { files: readonly Listed[] }) {
  const { job: words } = t.value
  return (
    <ul class="rows files-of-job">
      {files.map(({ key, name, size, address }) => (
        <li key={key} class="file-of-job">
          <bdi class="made-name">{shownName(name)}</bdi>
          <span class="soft small figure">{formats.value.bytes(size)}</span>
          {address && (
            <Button
              small
              look="quiet"
              label={words.save(shownName(name))}
              onClick={() => void saveOrTell(address, name)}
            >
              {words.download}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}

/** Saves a file; what goes wrong is told. */
async function saveOrTell(address: string, name: string): Promise<void> {
  try {
    await saveFile(address, name)
  } catch (error) {
    tell(asTrouble(error).message)
  }
}

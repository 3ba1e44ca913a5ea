import type { ListedJob } from '../../api/job.ts'
import { type Entry, mayGoAgain, type Told } from '../../queue/entry.ts'
import { remove, retry, stop } from '../../queue/queue.ts'
import { addressOf } from '../../routing.ts'
import { doneByHash } from '../../state/by-hash.ts'
import { downloadResult } from '../../state/commands.ts'
import { jobOf, jobsChanged } from '../../state/jobs.ts'
import { taskOf } from '../../state/of-job.ts'
import { formats, t } from '../../texts/index.ts'
import { shownName } from '../../texts/shown-name.ts'
import { wordFor } from '../../texts/word-for.ts'
import { Bar, Button, Chip, JobState, LinkButton, type Tone } from '../../ui/index.ts'

/** A file of the queue: how much of it was sent, and what becomes of it. */
export function QueueRow({ entry }: { entry: Entry }) {
  void jobsChanged.value
  const { way, size } = entry
  const job = way.kind === 'submitted' ? jobOf(way.jobId)?.value : undefined
  return (
    <li class="queue-row">
      <div class="queue-what">
        <bdi class="file-name" title={shownName(entry.name)}>
          {shownName(entry.name)}
        </bdi>
        {way.kind !== 'sending' && <span class="soft small">{formats.value.bytes(size)}</span>}
      </div>
      {job ? <JobState job={job} /> : <Sending entry={entry} />}
      <div class="row queue-acts">{job ? <OfJob job={job} /> : <OfFile entry={entry} />}</div>
      {way.kind !== 'submitted' && <Earlier entry={entry} />}
    </li>
  )
}

function Sending({ entry: { way, name: given, size } }: { entry: Entry }) {
  const name = shownName(given)
  const { files } = t.value
  const { bytes } = formats.value
  const chip = (tone: Tone, words: string) => <Chip tone={tone}>{words}</Chip>
  switch (way.kind) {
    case 'waiting':
      return chip('calm', files.waiting)
    case 'sent':
      return chip('good', files.sent)
    case 'stopped':
      return chip('warn', files.stopped)
    case 'lost':
      return <p class="small warn">{files.lost}</p>
    case 'refused':
      return (
        <p class="small wrong" role="alert">
          {refusalWords(way.told)}
        </p>
      )
    case 'sending':
      return (
        <div class="job-state">
          <span class="small soft">{files.sending(bytes(way.sent), bytes(size))}</span>
          <Bar share={size === 0 ? undefined : Math.min(1, way.sent / size)} label={files.progress(name)} />
        </div>
      )
    case 'submitted':
      return null
    default:
      return way satisfies never
  }
}

/** In words for whoever has the file; those of the service are for programs, too. */
function refusalWords({ code, message }: Told): string {
  const { refusals } = t.value.files
  return Object.hasOwn(refusals, code) ? wordFor(refusals, code) : message
}

function OfFile({ entry }: { entry: Entry }) {
  const { files, jobs } = t.value
  const { id, way } = entry
  const name = shownName(entry.name)
  const isRefused = way.kind === 'refused' && !way.told.retryable
  return (
    <>
      {mayGoAgain(entry) && (
        <Button small label={files.retry(name)} onClick={() => retry(id)}>
          {files.again}
        </Button>
      )}
      {way.kind === 'sending' ? (
        <Button small look="quiet" label={files.stop(name)} onClick={() => stop(id)}>
          {jobs.cancel}
        </Button>
      ) : (
        <Button
          small
          look={isRefused ? 'plain' : 'quiet'}
          label={files.remove(name)}
          onClick={() => remove(id)}
        >
          {isRefused ? files.takeOff : <span aria-hidden="true">✕</span>}
        </Button>
      )}
    </>
  )
}

function OfJob({ job }: { job: ListedJob }) {
  const { files, jobs } = t.value
  return (
    <>
      {job.status === 'completed' && !job.expired && job.outputs.length > 0 && (
        <Button small onClick={() => void downloadResult(job)}>
          {jobs.download}
        </Button>
      )}
      <LinkButton small look="quiet" href={addressOf.job(job.id)}>
        {files.open}
      </LinkButton>
    </>
  )
}

/** Says that the very file was worked on before, as soon as its hash is known. */
function Earlier({ entry: { sha256 } }: { entry: Entry }) {
  const [job] = (sha256 && doneByHash.value.get(sha256)) || []
  if (!job) return null
  const { files } = t.value
  return (
    <p class="small earlier">
      {files.doneBefore(taskOf(job.task), formats.value.time(job.finishedAt ?? job.requestedAt))}{' '}
      <a href={addressOf.job(job.id)}>{files.open}</a>
    </p>
  )
}

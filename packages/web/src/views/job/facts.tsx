import type { Job } from '../../api/job.ts'
import { type Receipt, receiptOf } from '../../api/history.ts'
import { addressOf } from '../../routing.ts'
import { formats, t } from '../../texts/index.ts'
import { wordFor } from '../../texts/word-for.ts'
import { Disclosure, Failure, Skeleton } from '../../ui/index.ts'
import { useLoaded } from './loaded.ts'
import { optionText } from './option-text.ts'

/** What the job was asked for, and its receipt; few read it, so it is folded. */
export function Facts({ job }: { job: Job }) {
  const { job: words } = t.value
  const isDecided = ['completed', 'failed', 'cancelled'].includes(job.status)
  return (
    <section aria-label={words.details}>
      <h2>{words.details}</h2>
      <Disclosure summary={words.options}>
        <Options job={job} />
      </Disclosure>
      {isDecided && (
        <Disclosure summary={words.receipt}>
          <ReceiptOf job={job} />
        </Disclosure>
      )}
    </section>
  )
}

type Pair = readonly [name: string, value: string]

function Pairs({ pairs }: { pairs: readonly Pair[] }) {
  return (
    <dl class="pairs">
      {pairs.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Options({ job: { options, tag } }: { job: Job }) {
  const { job: words, task } = t.value
  const pairs = Object.entries(options).map(([name, value]): Pair => [
    wordFor(task.options, name),
    optionText(name, value),
  ])
  const tagged: Pair[] = tag === undefined ? [] : [[words.tag, tag]]
  if (pairs.length + tagged.length === 0) return <p class="soft">{words.noOptions}</p>
  return <Pairs pairs={[...pairs, ...tagged]} />
}

function ReceiptOf({ job }: { job: Job }) {
  const { value, trouble, again } = useLoaded(() => receiptOf(job.id), [job.id, job.revision])
  const action = { words: t.value.trouble.again, act: again }
  if (trouble) return <Failure trouble={trouble} action={trouble.retryable ? action : undefined} />
  return value ? <Pairs pairs={receiptPairs(job, value)} /> : <Skeleton lines={3} />
}

function receiptPairs(
  job: Job,
  { requester, worker, measures, engines, inputs, outputs, files }: Receipt,
): Pair[] {
  const { receiptWords: words, ...more } = t.value.job
  const { duration, bytes, dateTime, number } = formats.value
  const pairs: (Pair | undefined)[] = [
    [words.id, job.id],
    [words.requester, requester === 'anonymous' ? words.anyone : requester],
    worker === undefined ? undefined : [words.worker, worker],
    measures && [words.queued, duration(measures.queuedMs)],
    measures && [words.ran, duration(measures.runMs)],
    measures && measures.engineMs > 0 ? [words.engineTime, duration(measures.engineMs)] : undefined,
    measures?.peakBytes === undefined ? undefined : [words.memory, bytes(measures.peakBytes)],
    measures?.pages === undefined ? undefined : [words.pages, number(measures.pages)],
    ...Object.entries(engines ?? {}).map(([name, version]): Pair => [name, version]),
    files.keptUntil === undefined ? undefined : [words.keptUntil, dateTime(files.keptUntil)],
    files.deletedAt === undefined ? undefined : [words.deletedAt, dateTime(files.deletedAt)],
    ...inputs.map(({ name, sha256 }): Pair => [more.hashOf(name), sha256]),
    ...outputs.slice(0, 20).map(({ name, sha256 }): Pair => [more.hashOf(name), sha256]),
  ]
  return pairs.filter((pair) => pair !== undefined)
}

/** Other jobs that this one belongs with. */
export function Relatives({ job: { retryOf, replayOf, reusedFrom } }: { job: Job }) {
  const { job: words } = t.value
  const links = [
    [retryOf, words.retryOf],
    [replayOf, words.replayOf],
    [reusedFrom, words.reusedFrom],
  ] as const
  return (
    <>
      {links.map(
        ([id, text]) =>
          id !== undefined && (
            <a key={text} href={addressOf.job(id)}>
              {text}
            </a>
          ),
      )}
    </>
  )
}

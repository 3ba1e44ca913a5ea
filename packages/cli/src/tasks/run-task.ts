import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Client } from '@pdf-smaller/client/node'
import type { Given } from '../program/command.ts'
import { exitCodes, UsageError } from '../program/exit.ts'
import type { Session, Told } from '../program/session.ts'
import { openScreen } from '../screen/screen.ts'
import { painter } from '../screen/paint.ts'
import type { KnownTask } from './catalogue.ts'
import { finishJob, type Finished } from './finish.ts'
import { checkInputs, type Input, openInputs } from './inputs.ts'
import type { OwnValues } from './own-options.ts'
import { sayFinished } from './report.ts'
import { submitWorks, type Work } from './submit.ts'
import { endingsOf, type Target, targetsOf } from './targets.ts'
import { optionsGiven } from './task-options.ts'
import { goTogether } from './together.ts'

/** How many jobs are followed at once; the others wait for their turn, which is about the order they are worked on. */
const followedAtOnce = 32

/** Runs a task of the catalogue on files of this machine: one job, or one for each file. */
export async function runTask(
  task: KnownTask,
  { values, words }: Given<Record<string, unknown>>,
  session: Session,
): Promise<number> {
  // The options of a task's command are these beside its own.
  const own = values as OwnValues
  const options = optionsGiven(task.options, values)
  const force = own.force || own.overwrite
  checkInputs(words, session)
  const together = task.inputs.max === 0 || goTogether(task.inputs, words)
  if (together) checkCount(task, words.length)
  if (own.detach && own.out !== undefined)
    throw new UsageError(
      '--detach waits for no result, so there is nothing for --out; see: pdf-smaller download --help',
    )
  const targets = own.detach ? [] : targetsFor(task, { words, together, options, out: own.out, force })
  if (targets[0]?.path === '-' && session.results.isTTY)
    throw new UsageError('the result would be written to the terminal; name a file with -o')
  const client = await session.connectOrStart()
  const inputs = await openInputs(words, session)
  try {
    const works = worksOf(inputs.files, targets, together)
    const given = { options, tag: own.tag, fresh: own.fresh }
    if (own.detach) return await handIn(client, task, works, given, session)
    for (const { path: file } of targets) if (file !== '-') mkdirSync(path.dirname(file), { recursive: true })
    return await workOn(client, task, works, { ...given, force }, session)
  } finally {
    await inputs.close()
  }
}

type Asked = {
  words: readonly string[]
  together: boolean
  options: Record<string, unknown>
  out: string | undefined
  force: boolean
}

/** @throws UsageError where a result has no place */
function targetsFor(task: KnownTask, { words, together, options, out, force }: Asked): Target[] {
  if (words.length === 0) return []
  const asked = { task: task.name, out, force, endings: endingsOf(task, options) }
  return targetsOf(together ? words.slice(0, 1) : words, asked)
}

/** @throws UsageError where a job takes fewer or more files */
function checkCount({ name, inputs: { min, max } }: KnownTask, count: number): void {
  const few = count < min && `${name} needs at least ${min} files`
  const wrong =
    few || (count > max && `${name} takes at most ${max} files in one job, and these are ${count}`)
  if (wrong) throw new UsageError(wrong)
}

function worksOf(files: readonly Input[], targets: readonly Target[], together: boolean): Work[] {
  const nowhere: Target = { path: '', exact: true }
  const [first] = files
  if (together) return [{ name: first?.name ?? '', files, target: targets[0] ?? nowhere }]
  return files.map((file, index) => ({ name: file.name, files: [file], target: targets[index] ?? nowhere }))
}

type Submission = { options: Record<string, unknown>; tag: string | undefined; fresh: boolean }

/** Hands files in and tells the ids of their jobs. */
async function handIn(
  client: Client,
  task: KnownTask,
  works: readonly Work[],
  given: Submission,
  session: Session,
): Promise<number> {
  let code: number = exitCodes.done
  for await (const { work, job, error } of submitWorks(client, task.name, works, given, session)) {
    if (job)
      session.tell({ json: { file: work.name, job }, lines: () => [`${job.id}  ${work.name}`], word: job.id })
    else code = Math.max(code, sayFinished({ name: work.name, error }, session))
  }
  return code
}

/** Hands files in, follows their jobs to the ends and writes the results. */
async function workOn(
  client: Client,
  task: KnownTask,
  works: readonly Work[],
  given: Submission & { force: boolean },
  session: Session,
): Promise<number> {
  const names = works.map(({ name }) => name || task.name)
  const screen = openScreen(session.quiet ? undefined : session.screen, names, painter(session.screen))
  const told = besideResult(works, session)
  const running = new Set<string>()
  const codes: number[] = []
  const say = (finished: Finished) =>
    screen.above(() => void codes.push(sayFinished(finished, { ...session, tell: told }, names)))
  const follow = turns(followedAtOnce)
  const followed: Promise<void>[] = []
  try {
    for await (const { work, job, error } of submitWorks(client, task.name, works, given, session, screen)) {
      const index = works.indexOf(work)
      if (!job) {
        screen.end(index)
        say({ name: names[index] ?? '', error })
        continue
      }
      running.add(job.id)
      const finishing = follow(async () => {
        const about = { job, index, target: work.target, name: names[index] ?? '', force: given.force }
        say(await finishJob(client, about, screen, session))
        running.delete(job.id)
      })
      finishing.catch(() => {})
      followed.push(finishing)
    }
    await Promise.all(followed)
    return Math.max(exitCodes.done, ...codes)
  } finally {
    screen.close()
    if (session.signal.aborted) await cancelAll(client, running, session)
  }
}

/** Where a result itself goes to stdout, what is told of it stands aside. */
function besideResult(works: readonly Work[], session: Session): Session['tell'] {
  if (!works.some(({ target }) => target.path === '-')) return session.tell
  return ({ json, lines }: Told) => {
    if (session.json) session.complain(JSON.stringify(json))
    else for (const line of lines()) session.note(line)
  }
}

/** Runs so many at once, the others one after the other as there is room. */
function turns(atOnce: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = atOnce
  const waiting: (() => void)[] = []
  return async (work) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve))
    else free -= 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
}

/** The longest that the end of the command waits for the cancellation of its jobs. */
const cancelMs = 3000

/** Cancels jobs that nobody waits for any more. */
async function cancelAll(client: Client, jobIds: ReadonlySet<string>, { note }: Session): Promise<void> {
  if (jobIds.size === 0) return
  const patience = new Promise((resolve) => setTimeout(resolve, cancelMs).unref())
  const cancelled = Promise.allSettled(
    [...jobIds].map((id) => client.cancel(id, 'interrupted on the command line')),
  )
  await Promise.race([cancelled, patience])
  note(`cancelled ${jobIds.size === 1 ? 'the job' : `${jobIds.size} jobs`} that had not ended`)
}

import { mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import type { JobView, ObjectRef } from '@pdf-smaller/contracts'
import { displayName } from '@pdf-smaller/contracts'
import type { Given } from '../../program/command.ts'
import { exitCodes, UsageError } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { pipeOutput, saveOutput, wholeOutputs } from '../../tasks/finish.ts'
import { failureText } from '../../tasks/report.ts'
import { size } from '../../tasks/size.ts'
import { mayWrite } from '../../tasks/targets.ts'

type Values = {
  out: string | undefined
  name: string | undefined
  wait: boolean
  force: boolean
  overwrite: boolean
}

export async function run({ values, words: [id = ''] }: Given<Values>, session: Session): Promise<number> {
  const { out, name } = values
  const force = values.force || values.overwrite
  if (out === '-' && session.results.isTTY)
    throw new UsageError('the result would be written to the terminal; name a file with -o')
  if (out !== undefined && out !== '-' && !isFolder(out) && !force && !mayWrite(out))
    throw new UsageError(`${out} is there already; --force writes over it`)
  const client = await session.connect()
  const { signal } = session
  const job = values.wait ? await client.wait(id, { signal }) : await client.get(id, { signal })
  const outputs = pick(job, name)
  const [first] = outputs
  if (out === '-') {
    if (outputs.length > 1)
      throw new UsageError(`the job has ${outputs.length} results: pick one with --name: ${namesOf(outputs)}`)
    if (first) await pipeOutput(client, job, first, session)
    return exitCodes.done
  }
  const paths = pathsFor(outputs, out)
  const taken = force ? undefined : paths.find((each) => !mayWrite(each))
  if (taken) throw new UsageError(`${taken} is there already; --force writes over it`)
  for (const [index, file] of paths.entries()) {
    const output = outputs[index]
    if (!output) continue
    mkdirSync(path.dirname(file), { recursive: true })
    await saveOutput(client, job, output, file, { force, signal })
    if (!session.json)
      session.tell({ json: undefined, lines: () => [`${file}  ${size(output.size)}`], word: file })
  }
  if (session.json) session.tell({ json: { job, saved: paths }, lines: () => [] })
  return exitCodes.done
}

/** The results that are wanted. @throws Error where there are none, which says why */
function pick(job: JobView, name: string | undefined): ObjectRef[] {
  const { id, status } = job
  if (status === 'failed' || status === 'cancelled')
    throw new Error(`the job ${id} has no results: it ${failureText(job)}`)
  if (status !== 'completed')
    throw new Error(`the job ${id} is ${status}; wait for it with: pdf-smaller download ${id} --wait`)
  const all = wholeOutputs(job)
  const found = name === undefined ? all : job.outputs.filter((output) => output.name === name)
  if (found.length > 0) return found
  throw new Error(
    all.length === 0
      ? `the job ${id} has no results`
      : `the job ${id} has no result ${name}, but ${namesOf(job.outputs)}`,
  )
}

const namesOf = (outputs: readonly ObjectRef[]) => outputs.map(({ name }) => name).join(', ')

/** One result goes where it is told to; several go into a folder, or beside each other under their own names. */
function pathsFor(outputs: readonly ObjectRef[], out: string | undefined): string[] {
  const own = outputs.map(({ name }) => displayName(name))
  if (out === undefined) return own
  if (isFolder(out) || outputs.length > 1) return own.map((name) => path.join(out, name))
  return [out]
}

const isFolder = (file: string) =>
  /[/\\]$/.test(file) || (statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false)

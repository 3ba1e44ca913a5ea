import { JobFailure } from '@pdf-smaller/contracts'
import type { Task } from '@pdf-smaller/task'
import { z } from 'zod'
import { faultsOf, WrongInput } from '../problem.ts'

const largestOptions = 64 * 1024

const Checked = z.record(z.string(), z.unknown())

/**
 * Checks a task's options and fills in its defaults.
 * @throws WrongInput invalid_options
 */
export function checkedOptions(task: Task, given: Record<string, unknown>): Record<string, unknown> {
  if (JSON.stringify(given).length > largestOptions)
    throw new JobFailure('invalid_options', `together they are longer than ${largestOptions} characters`)
  const parsed = task.options.safeParse(given)
  if (parsed.success) return Checked.parse(parsed.data)
  throw new WrongInput('invalid_options', faultsOf(parsed.error, '/options'))
}

/**
 * The options of a form: a part `options` with JSON, or one part for each option. A form knows text only, so a text
 * that the task does not take is tried as JSON: 150, true, ["deu", "eng"].
 * @throws WrongInput invalid_options
 */
export function optionsOfForm(task: Task, fields: Record<string, unknown>): Record<string, unknown> {
  const { options, ...single } = fields
  const given: Record<string, unknown> = { ...objectIn(options), ...single }
  const parsed = task.options.safeParse(given)
  if (parsed.success) return Checked.parse(parsed.data)
  const refused = new Set(parsed.error.issues.map(({ path }) => String(path[0])))
  const again = Object.entries(given).map(([name, value]) => [
    name,
    refused.has(name) && typeof value === 'string' && name in single ? jsonIn(value) : value,
  ])
  return checkedOptions(task, Object.fromEntries(again))
}

function objectIn(options: unknown): Record<string, unknown> {
  if (options === undefined || options === '') return {}
  const found = Checked.safeParse(typeof options === 'string' ? jsonIn(options) : options)
  if (!found.success)
    throw new WrongInput('invalid_options', [{ pointer: '/options', detail: 'it is no JSON object' }])
  return found.data
}

/** The value of a text that is JSON; any other text as it is. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

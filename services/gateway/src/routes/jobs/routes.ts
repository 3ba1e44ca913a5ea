import type { App, Context } from '../../context.ts'
import { batch } from './batch.ts'
import { cancel } from './cancel.ts'
import { erase } from './erase.ts'
import { events } from './events.ts'
import { files } from './files.ts'
import { get } from './get.ts'
import { history } from './history.ts'
import { list } from './list.ts'
import { receipt } from './receipt.ts'
import { redrive } from './redrive.ts'
import { result } from './result.ts'
import { retry } from './retry.ts'
import { status } from './status.ts'
import { submit } from './submit.ts'

/** Everything about jobs that are there. */
export function jobRoutes(app: App, context: Context): void {
  for (const route of [
    list,
    get,
    status,
    events,
    history,
    result,
    files,
    cancel,
    retry,
    redrive,
    receipt,
    erase,
  ])
    route(app, context)
}

/** What takes forms. */
export function submissionRoutes(app: App, context: Context): void {
  for (const route of [submit, batch]) route(app, context)
}

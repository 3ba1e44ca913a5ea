import type { App, Context } from '../../context.ts'
import { cancel } from './cancel.ts'
import { erase } from './erase.ts'
import { events } from './events.ts'
import { extractions } from './extractions.ts'
import { files } from './files.ts'
import { get } from './get.ts'
import { history } from './history.ts'
import { list } from './list.ts'
import { pages } from './pages.ts'
import { receipt } from './receipt.ts'
import { redrive } from './redrive.ts'
import { replay } from './replay.ts'
import { retry } from './retry.ts'
import { status } from './status.ts'

const routes = [
  list,
  get,
  status,
  events,
  history,
  receipt,
  files,
  extractions,
  pages,
  cancel,
  retry,
  replay,
  redrive,
  erase,
]

/** Everything about jobs that are there. */
export function jobRoutes(app: App, context: Context): void {
  for (const route of routes) route(app, context)
}

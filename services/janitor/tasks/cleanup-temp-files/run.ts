import { workFolder } from '@pdf-smaller/platform'
import { sweepWorkspaces } from '@pdf-smaller/hosts'
import type { RunTask } from '@pdf-smaller/task'
import type { Backbone } from '../backbone.ts'
import { sweepLogs } from './logs.ts'
import type { Options } from './options.ts'
import type { Result } from './result.ts'

const hourMs = 3_600_000

/** Deletes what crashed writers and workers left, and looks after log files. Workspaces are those of this host: each host's workers sweep their own at start. */
export const runOver =
  ({ objects: store, config, clock }: Backbone): RunTask<Options, Result> =>
  async (context) => {
    const olderThanMs = context.options.maxAgeHours * hourMs
    const objects = (await store.sweepTemporary?.(olderThanMs)) ?? { files: 0, bytes: 0 }
    context.progress('objects', 1, 1)
    const workspaces = await sweepWorkspaces(workFolder(config), clock(), olderThanMs)
    context.progress('workspaces', 1, 1)
    const logs = config.LOG_DIR ? await sweepLogs(config.LOG_DIR, clock()) : { compressed: 0, deleted: 0 }
    context.progress('logs', 1, 1)
    if (objects.files + workspaces + logs.compressed + logs.deleted > 0)
      context.log.info({ ...objects, workspaces, logs }, 'cleaned up temporary files and logs')
    return { outputs: [], result: { objects, workspaces, logs } }
  }

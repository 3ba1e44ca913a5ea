import { jobAnywhere, jobStream } from '@pdf-smaller/contracts'
import { command } from '@pdf-smaller/platform'
import type { TaskContext } from '@pdf-smaller/task'
import type { StoredFolder } from '../../stock/stored-folders.ts'
import type { Backbone } from '../backbone.ts'
import { source } from '../source.ts'
import type { Options } from './options.ts'
import type { Plan } from './plan.ts'

/** Steps that wait for the stores at once. */
const atOnce = 8

/**
 * Does what the plan says. The event comes before the deletion: whoever asks for a file is told that it is gone, never
 * that it is missing, and what a crash leaves is found as a leftover the next time.
 */
export async function carryOut(
  { store, objects }: Backbone,
  plan: Plan,
  { progress, signal }: Pick<TaskContext<Options>, 'progress' | 'signal'>,
): Promise<void> {
  const steps = [
    ...plan.expire.map(({ job, folder }) => async () => {
      const { files = 0, bytes = 0 } = folder ?? {}
      const given = { type: 'Expire', files, bytes, reason: 'its time was over' } as const
      const done = await command(store, job.address, given, { source })
      const isExpired = done.kind === 'appended' || done.because === 'expired'
      if (folder && isExpired) await objects.removePrefix(folder.prefix)
    }),
    ...plan.forget.map(({ address }) => async () => {
      const done = await command(store, address, { type: 'Erase', by: 'janitor' }, { source })
      if (done.kind === 'appended') await store.purge(jobStream(address), done.job.revision)
    }),
    ...plan.purge.map(
      ({ address, before }) =>
        () =>
          store.purge(jobStream(address), before),
    ),
    ...plan.leftovers.map(
      ({ prefix }) =>
        () =>
          objects.removePrefix(prefix),
    ),
    ...plan.orphans.map((folder) => async () => {
      if (!(await hasJob(store, folder))) await objects.removePrefix(folder.prefix)
    }),
  ]
  for (let done = 0; done < steps.length; done += atOnce) {
    signal.throwIfAborted()
    progress('deletion', done, steps.length)
    await Promise.all(steps.slice(done, done + atOnce).map((step) => step()))
  }
  progress('deletion', 1, 1)
}

/** The job may have been requested while the plan was made, also by a gateway of a newer release. */
async function hasJob(store: Backbone['store'], { tenant, id }: StoredFolder): Promise<boolean> {
  return (await store.load(jobStream(jobAnywhere(tenant, id)))).events.length > 0
}

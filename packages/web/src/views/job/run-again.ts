import { ask } from '../../api/ask.ts'
import { type Job, ListedJob } from '../../api/job.ts'
import { asTrouble } from '../../api/trouble.ts'
import { addressOf } from '../../routing.ts'
import { takeJob } from '../../state/jobs.ts'
import { tell } from '../../ui/index.ts'

/** Runs a job again as a new one, and shows that. */
export async function runAgain({ id }: Job): Promise<void> {
  try {
    const path = `/api/jobs/${encodeURIComponent(id)}/retry`
    const job = await ask(path, ListedJob, { method: 'POST' })
    takeJob(job)
    location.hash = addressOf.job(job.id)
  } catch (error) {
    tell(asTrouble(error).message)
  }
}

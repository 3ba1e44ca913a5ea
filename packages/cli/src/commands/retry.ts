import { exitCodes } from '../exit.ts'
import { jobLine } from '../report.ts'
import { jobCommand } from './job.ts'

export const retry = jobCommand(
  'retry',
  'Runs an ended job again, as a new job.',
  async (client, jobId, { print }, { json }) => {
    const job = await client.retry(jobId)
    print(json ? JSON.stringify(job, undefined, 2) : jobLine(job))
    return exitCodes.done
  },
)

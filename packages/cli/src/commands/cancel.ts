import { exitCodes } from '../exit.ts'
import { jobLine } from '../report.ts'
import { jobCommand } from './job.ts'

export const cancel = jobCommand(
  'cancel',
  'Cancels a job that has not ended.',
  async (client, jobId, { print }, { json }) => {
    const job = await client.cancel(jobId)
    print(json ? JSON.stringify(job, undefined, 2) : jobLine(job))
    return exitCodes.done
  },
)

import { defineCommand } from '../../program/command.ts'
import { jobsArgument } from '../../program/description.ts'
import { toggle } from '../../program/options.ts'

export const deleteJobs = defineCommand({
  name: 'delete',
  about: 'Delete the files of ended jobs now',
  more: ['Without being asked, the service does so when the time is over for which they are kept.'],
  arguments: [jobsArgument],
  options: { record: toggle('remove the records of the jobs, too') },
  json: 'an object on each line: jobId, erased, files, bytes, at, by. With --quiet: the id.',
  code: () => import('./run.ts'),
})

import { createClient, feedOf, fileCheckpoint, project } from '@pdf-smaller/client/node'
import { z } from 'zod'
import { Effect } from './effects.ts'
import { openFate } from './fate.ts'
import { outcomes } from './outcomes.ts'

// Folds the outcomes of the feed into a state, which is saved together with its place: `node fold.ts <url> <state>`.
const [baseUrl = '', file = ''] = process.argv.slice(2)
const moment = openFate()
await project({
  initial: (): Effect[] => [],
  evolve: (state, { source, id, subject: job }, sequence) => {
    moment()
    return [...state, { source, id, sequence, job }]
  },
  from: feedOf(createClient({ baseUrl }), { types: outcomes }),
  checkpoint: fileCheckpoint(file, (state) => z.array(Effect).parse(state)),
  saveEvery: 3,
  onSaved: moment,
})

import { provideOasdiff } from '../provision/oasdiff.ts'
import { apiBreaks, current, released } from './oasdiff.ts'

const found = await apiBreaks(await provideOasdiff(), released, current)
for (const line of found) process.stderr.write(`${line}\n`)
if (found.length > 0) process.exitCode = 1

import { createClient } from '../src/node.ts'

// Sends a file from a process of its own, so that what it keeps in memory can be told: bytes at most, on stdout.
const [baseUrl = '', file = ''] = process.argv.slice(2)
await createClient({ baseUrl })
  .submit('compress', [file])
  .catch(() => {})
process.stdout.write(String(process.resourceUsage().maxRSS * 1024))

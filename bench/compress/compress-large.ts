import { stat } from 'node:fs/promises'
import { openContext } from '@pdf-smaller/compress/testing/context'
import { run } from '@pdf-smaller/compress/run'

/** Compresses one file that is not read into memory; prints what it took as JSON. */
const [file = ''] = process.argv.slice(2)
const { size } = await stat(file)
await using test = await openContext([], { level: 'medium' }, AbortSignal.timeout(900_000))
const inputs = [{ path: file, name: 'scan.pdf', size, sha256: '', contentType: 'application/pdf' }]
const startedAt = performance.now()
const { result } = await run({ ...test.context, inputs })
const seconds = (performance.now() - startedAt) / 1000
const peakBytes = process.resourceUsage().maxRSS * 1024
process.stdout.write(JSON.stringify({ seconds, peakBytes, bytes: size, ratio: result.ratio }))

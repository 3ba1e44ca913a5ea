import { writeFile } from 'node:fs/promises'
import { measureAtWork } from './at-work.ts'
import { measureCompress } from './compress-overhead.ts'
import { measureEstimate } from './estimate.ts'
import { measureNoop } from './jobs.ts'
import { measureLargeUpload } from './large-upload.ts'
import { measureLaunch } from './launch.ts'
import { measureReads } from './reads.ts'
import { measureRebuild } from './rebuild.ts'
import { startBenchSystem } from './system.ts'
import { type Figure, table } from './table.ts'
import { measureUploads } from './uploads.ts'
import { machine } from './machine.ts'

const quick = process.argv.includes('--quick')
const figures: Figure[] = [...(await measureLaunch())]
const system = await startBenchSystem()
figures.push(...(await measureCompress(system)))
figures.push(...(await measureEstimate(system)))
figures.push(...(await measureAtWork(system, quick)))
figures.push(...(await measureNoop(system, quick)))
figures.push(...(await measureReads(system, quick)))
figures.push(...(await measureUploads(system, quick)))
figures.push(...(await measureLargeUpload(system, quick)))
await system.stop()
figures.push(...(await measureRebuild(quick)))

process.stdout.write(`\n${new Date().toISOString().slice(0, 10)}, ${machine}\n\n${table(figures)}\n`)
const out = process.argv.find((argument) => argument.endsWith('.json'))
if (out)
  await writeFile(out, JSON.stringify({ date: new Date().toISOString(), machine, figures }, undefined, 2))

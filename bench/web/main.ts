import { startBrowser } from '../../test/web/browser.ts'
import { machine } from '../machine.ts'
import { startBenchSystem } from '../system.ts'
import { table } from '../table.ts'
import { measureFirstLoad } from './first-load.ts'
import { fillWithJobs } from './jobs.ts'
import { measureList } from './list.ts'

// The budget of the page, measured where it is spent: in the browser.
const quick = process.argv.includes('--quick')
const system = await startBenchSystem()
const browser = await startBrowser()
try {
  const figures = await measureFirstLoad(browser, system.url)
  const count = quick ? 2000 : 10_000
  await fillWithJobs(system.url, count)
  figures.push(...(await measureList(browser, system.url, count)))
  process.stdout.write(`\n${new Date().toISOString().slice(0, 10)}, ${machine}\n\n${table(figures)}\n`)
} finally {
  await browser.close()
  await system.stop()
}

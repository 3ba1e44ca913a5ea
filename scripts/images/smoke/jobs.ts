import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createClient, type OptionsOf, type TaskName } from '@pdf-smaller/client/node'
import { Extraction } from '@pdf-smaller/contracts/extraction'
import { outputOf } from '../container-tools.ts'
import { root } from '../recipe.ts'

/** What came of a job, in a line. */
type Told = { job: string; seconds: number; outcome: string }

type Job = {
  task: TaskName
  file: string
  options?: OptionsOf<TaskName>
  /** Looks at the result with programs of this machine. @throws Error where it is not what was asked for */
  look: (result: string, input: string) => Promise<string>
}

const jobs: Job[] = [
  {
    task: 'compress',
    file: 'brochure.pdf',
    options: { level: 'high' },
    look: async (result, input) => {
      const [before, after] = await Promise.all([stat(input), stat(result)])
      await outputOf('qpdf', ['--check', result])
      expect(after.size < before.size, `${after.size} bytes of ${before.size}`)
      return `${before.size} bytes → ${after.size}`
    },
  },
  {
    task: 'ocr',
    file: 'fax.pdf',
    options: { languages: ['eng'] },
    look: async (result, input) => {
      const text = await outputOf('pdftotext', [result, '-'])
      const [words, before] = [wordsIn(text), wordsIn(await outputOf('pdftotext', [input, '-']))]
      expect(before === 0 && words > 50, `${words} words, ${before} before`)
      return `${before} words → ${words}`
    },
  },
  {
    task: 'extract-invoice',
    file: 'invoice.pdf',
    options: { engine: 'rules' },
    look: async (result) => {
      const { documents } = Extraction.parse(JSON.parse(await readFile(result, 'utf8')))
      const [first] = documents
      expect(first?.reconciled === true, `reconciled: ${String(first?.reconciled)}`)
      return 'reconciled to the cent'
    },
  },
]

/**
 * Has a system do one job of each kind, and looks at the results.
 * @param url where its gateway is reached
 * @throws Error that says which job did not end as it should
 */
export async function tryJobs(url: string): Promise<Told[]> {
  const client = createClient({ baseUrl: url })
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-smoke-'))
  const told: Told[] = []
  try {
    for (const { task, file, options = {}, look } of jobs) {
      const started = performance.now()
      const input = path.join(root, 'examples', file)
      const { id } = await client.submit(task, [input], { options, fresh: true })
      const job = await client.wait(id)
      expect(job.status === 'completed', `${task} ${job.status}: ${JSON.stringify(job.failure)}`)
      const result = path.join(folder, task)
      await client.download(id, result)
      const outcome = await look(result, input)
      told.push({ job: `${task} ${file}`, seconds: (performance.now() - started) / 1000, outcome })
    }
    return told
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const wordsIn = (text: string) => text.split(/\s+/).filter((word) => /\w{2}/.test(word)).length

function expect(holds: boolean, found: string): void {
  if (!holds) throw new Error(`the result is not what it should be: ${found}`)
}

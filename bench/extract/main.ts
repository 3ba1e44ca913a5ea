import { readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { EngineChoice } from '@pdf-smaller/contracts/extraction'
import { machine } from '../machine.ts'
import type { BenchDocument } from './bench-document.ts'
import { sharedDocuments } from './corpus.ts'
import { measureCorrections } from './corrections.ts'
import { measure, type Measured } from './measure.ts'
import { openModels } from './models.ts'
import { ownDocuments } from './own.ts'
import { groupsOf, tableOf, wrongOf } from './report.ts'

/**
 * Prints how many fields and rows are read rightly, by set, engine, kind and language, with what is called reconciled.
 * - `--set`: development, "set aside", own, hostile; several times for several, all without it
 * - `--engine`: rules; llm and both need the settings of a server of models, and run by default where there are some
 * - `--only`: names of documents, by a regular expression
 * - `--wrong`: every value that is not right; `--json FILE`: all figures
 * - `--corrections FILE --files FOLDER`: exported corrections instead, and the files that they were made on
 */
const { values } = parseArgs({
  options: {
    set: { type: 'string', multiple: true, default: ['development', 'set aside', 'own', 'hostile'] },
    engine: { type: 'string', multiple: true },
    only: { type: 'string', default: '' },
    wrong: { type: 'boolean', default: false },
    json: { type: 'string' },
    corrections: { type: 'string' },
    files: { type: 'string', default: '.' },
  },
})

const models = await openModels()
const engines = EngineChoice.array().parse(values.engine ?? (models ? ['rules', 'llm', 'both'] : ['rules']))
const print = (text: string) => void process.stdout.write(`${text}\n`)
try {
  await (values.corrections === undefined ? documents() : corrections(values.corrections))
} finally {
  await models?.close()
}

async function documents(): Promise<void> {
  const only = new RegExp(values.only)
  const all: BenchDocument[] = [...(await sharedDocuments()), ...ownDocuments()]
  const chosen = all.filter(({ set, name }) => values.set.includes(set) && only.test(name))
  const measured: Measured[] = []
  for (const engine of engines)
    for (const document of chosen) measured.push(...(await measure(document, engine, models?.ask)))
  if (values.wrong) print(`${wrongOf(measured)}\n`)
  print(
    `${tableOf(measured)}\n\n${new Date().toISOString().slice(0, 10)}, ${machine}, at most ${peakMegabytes()} MB`,
  )
  if (values.json !== undefined)
    await writeFile(values.json, JSON.stringify({ groups: groupsOf(measured), measured }, undefined, 1))
}

/** What this process has held of memory at most (Linux, proc(5)). */
function peakMegabytes(): number {
  const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  return Math.round(Number(peak) / 1024)
}

async function corrections(file: string): Promise<void> {
  const lines = await readFile(file, 'utf8')
  for (const engine of engines) {
    const found = await measureCorrections(lines, values.files, engine, models?.ask)
    print(`${engine}: ${found.right} of ${found.all} corrected values are read rightly`)
    for (const wrong of found.wrong) print(`  wrong: ${wrong}`)
    for (const name of found.missing) print(`  no file with the hash of ${name}`)
  }
}

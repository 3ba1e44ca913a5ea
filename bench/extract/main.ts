import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { BenchDocument } from './bench-document.ts'
import { machine } from '../machine.ts'
import { sharedDocuments } from './corpus.ts'
import { measure, type Measured } from './measure.ts'
import { ownDocuments } from './own.ts'
import { groupsOf, tableOf, wrongOf } from './report.ts'

/**
 * Prints how many fields and rows are read rightly, by set, engine, kind and language: npm run bench:extract --
 * --set own --engine rules --only REGEX --wrong --json FILE. Sets are development, "set aside", own and hostile.
 */
const { values } = parseArgs({
  options: {
    set: { type: 'string', multiple: true, default: ['development', 'set aside', 'own', 'hostile'] },
    engine: { type: 'string', multiple: true, default: ['rules'] },
    only: { type: 'string', default: '' },
    wrong: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
})

const documents: BenchDocument[] = [...(await sharedDocuments()), ...ownDocuments()]
const only = new RegExp(values.only)
const measured: Measured[] = []
for (const document of documents.filter(({ set, name }) => values.set.includes(set) && only.test(name)))
  measured.push(...(await measure(document, 'rules')))

if (values.wrong) process.stdout.write(`${wrongOf(measured)}\n\n`)
process.stdout.write(`${tableOf(measured)}\n\n${new Date().toISOString().slice(0, 10)}, ${machine}\n`)
if (values.json)
  await writeFile(values.json, JSON.stringify({ groups: groupsOf(measured), measured }, undefined, 1))

import path from 'node:path'
import { writeFile } from 'node:fs/promises'
import { inspect } from '@pdf-smaller/pdf'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import type { Asked, PageChange } from '../src/assembled/asked.ts'
import { openAssembledJudge, type Verdict } from '../src/assembled/judge-assembled.ts'
import { openBudget } from '../src/budget.ts'

/** Pages of a source, from 1, and what was to be done to one of them. */
export type Wanted = { pdf: Buffer; pages?: readonly number[]; change?: PageChange }

/** A judge who has all the time there is. */
export const unhurried = () =>
  openBudget(
    () => 0,
    () => 0,
  )

/** Judges a document as what was to be made of pages of others. */
export async function judged(
  result: Buffer,
  wanted: readonly Wanted[],
  more: Partial<Asked> = {},
  budget = unhurried(),
): Promise<Verdict> {
  await using test = await engineContext()
  const { context, folder } = test
  const write = async (name: string, pdf: Buffer) => {
    const file = path.join(folder, name)
    await writeFile(file, pdf)
    return file
  }
  const pages: Asked['pages'][number][] = []
  const parts: Asked['parts'][number][] = []
  for (const [index, { pdf, pages: own, change }] of wanted.entries()) {
    const document = await inspect(await write(`source-${index}.pdf`, pdf), context)
    const { path: file, copy, pageReferences } = document
    const part = { document: { path: file, objects: copy, pages: pageReferences } }
    parts.push(part)
    for (const page of own ?? pageReferences.map((_, at) => at + 1))
      pages.push({ part, page, ...(change ? { change } : {}) })
  }
  const asked = { parts, pages, attachments: true, belongings: true, addedEntries: 0, ...more }
  using judge = openAssembledJudge(context, budget)
  return await judge.judge(await write('result.pdf', result), asked)
}

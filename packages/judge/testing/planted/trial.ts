import { mkdtemp, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import { type EngineContext, textOfPages } from '@pdf-smaller/engines'
import { readPdf } from '@pdf-smaller/pdf'
import type { Budget } from '../../src/budget.ts'
import type { Asked } from '../../src/assembled/asked.ts'
import { openAssembledJudge } from '../../src/assembled/judge-assembled.ts'
import { features } from '../../src/facts/features.ts'
import { openJudge } from '../../src/judge.ts'
import { lookLimits } from '../../src/look/limits.ts'
import { pagesToCompare } from '../../src/look/sample.ts'

/** Every page is looked at, however much was looked at before. */
const endless: Budget = { left: () => 60_000, spend: (work) => work(), charged: (context) => context }

/** An original, and what both judges say of what was made of it; undefined when it is sound. */
export type Trial = Disposable & {
  /** As a candidate of compressing at a level; without one, by all but its look. */
  compressed: (pdf: Buffer, level?: keyof typeof lookLimits) => Promise<string | undefined>
  /** As a document made of all of its pages, or some; counted from 1. */
  assembled: (pdf: Buffer, pages?: readonly number[]) => Promise<string | undefined>
}

export async function openTrial(original: Buffer, context: EngineContext): Promise<Trial> {
  const folder = await mkdtemp(path.join(context.cwd, 'trial-'))
  const write = async (name: string, pdf: Buffer) => {
    const file = path.join(folder, name)
    await writeFile(file, pdf)
    return file
  }
  const file = await write('original.pdf', original)
  const { objects, pages, encryption } = await readPdf(file, context)
  const all = pages.map((_, index) => index + 1)
  const text = await textOfPages(file, context, pages.length)
  const known = { path: file, pages: pages.length, features: await features(objects, pages, encryption) }
  const judge = openJudge(known, text, context)
  const assembled = openAssembledJudge(context, endless)
  const document = { path: file, objects, pages }
  return {
    compressed: async (pdf, level) => {
      const limits = { ...lookLimits[level ?? 'low'], colours: 'keep', keepXmp: true } as const
      const compared = level ? pagesToCompare(pages.length, new Set()) : []
      return (await judge(await write('candidate.pdf', pdf), compared, limits)).damage
    },
    assembled: async (pdf, own = all) => {
      const part = { document }
      const asked: Asked = {
        parts: [part],
        pages: own.map((page) => ({ part, page })),
        attachments: own === all,
        belongings: true,
        addedEntries: 0,
      }
      return damageOf(async () => assembled.judge(await write('result.pdf', pdf), asked))
    },
    [Symbol.dispose]: () => assembled[Symbol.dispose](),
  }
}

async function damageOf(judge: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await judge()
    return undefined
  } catch (error) {
    if (error instanceof JobFailure && error.code === 'result_damaged') return error.why
    throw error
  }
}

import { rename } from 'node:fs/promises'
import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import { drawForArchive, type EngineContext, isEncrypted, rewrite } from '@pdf-smaller/engines'
import { inspect } from '@pdf-smaller/pdf'
import { addAssets } from './assets.ts'
import { checkPdfA } from './check.ts'
import { examine } from './examine.ts'
import { archiveFactsOf } from './facts.ts'
import type { Finding } from './finding.ts'
import { boxCodestreams } from './images/codestream.ts'
import type { PdfAResult } from './result.ts'

/** Reasons that are told of a document. */
const mostTold = 20

/** What Ghostscript does not take over, or not as it was. */
const lostByDrawing = [
  'form fields, which become part of the page',
  'tags and layers',
  'the exact coding of images and fonts',
  'names of places in the document',
]

/**
 * Makes a document follow PDF/A-2b: by its objects alone where that suffices, so that contents and images stay as they
 * are bit for bit, else by having Ghostscript draw it anew. What comes out is checked.
 * @param tell is told how far it is, 0 to 1
 * @throws JobFailure pdfa_impossible with the rules that it still breaks
 */
export async function makePdfA(
  input: string,
  output: string,
  context: EngineContext,
  tell: (part: number, message: string) => void,
): Promise<PdfAResult> {
  const unlocked = path.join(context.cwd, 'archive-unlocked.pdf')
  const lock = (await isEncrypted(input, context)) ? ['encryption and permissions'] : []
  // What is packed in a way that PDF/A leaves out, qpdf packs anew.
  await rewrite(input, unlocked, context)
  tell(0.1, 'mending objects')
  const first = await byObjects(unlocked, context)
  const common = { standard: 'PDF/A-2b' as const, removed: [...lock, ...first.removed] }
  if (first.left.length === 0) {
    await rename(first.file, output)
    return { ...common, by: 'objects', why: [], mayLose: [] }
  }
  const drawn = path.join(context.cwd, 'archive-drawn.pdf')
  tell(0.4, 'drawing it anew')
  // Of what is not mended, Ghostscript drops more than it has to: links that are not printed, for one.
  await drawForArchive(first.file, drawn, context, first.pages)
  tell(0.7, 'mending what was drawn')
  const second = await byObjects(drawn, context)
  if (second.left.length > 0) throw new JobFailure('pdfa_impossible', told(second.left).join('; '))
  await rename(second.file, output)
  return { ...common, by: 'ghostscript', why: told(first.left), mayLose: lostByDrawing }
}

/** @returns the file that was written, what was taken away, and the rules that are broken all the same */
async function byObjects(input: string, context: EngineContext) {
  const document = await inspect(input, context, { signed: true })
  await boxCodestreams(document.copy)
  const facts = await archiveFactsOf(document, context.signal)
  const { findings, mended } = examine(facts, await addAssets(document.copy, facts))
  const removed = [...new Set(findings.flatMap((each) => each.removed ?? []))]
  const hopeless = findings.filter(({ mend }) => !mend)
  const file = input.replace(/\.pdf$/, '-mended.pdf')
  const result = { pages: document.pages, removed, file }
  for (const [reference, object] of mended) document.copy.put(reference, object)
  await document.copy.write(file, context)
  return { ...result, left: hopeless.length > 0 ? hopeless : await checkPdfA(file, context) }
}

function told(findings: readonly Finding[]): string[] {
  const reasons = new Set(findings.map(({ clause, says }) => `${says} (${clause})`))
  return [...reasons].slice(0, mostTold)
}

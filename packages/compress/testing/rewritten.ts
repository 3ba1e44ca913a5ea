import { untouched } from '../src/work.ts'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { analyse } from '../src/analyse.ts'
import { inspectedForCompression } from '../src/inspect.ts'
import { settingsOf, levelOf } from '../src/levels.ts'
import type { ImageReport } from '../src/result.ts'
import { openEncoded } from '../src/surgical/images/encoded.ts'
import { noEncodings } from '../src/surgical/images/encodings.ts'
import { imagesTold, openTally } from '../src/surgical/images/tally.ts'
import { rewriteSurgically } from '../src/surgical/rewrite.ts'
import { openContext } from './context.ts'

/** What the surgical pass makes of a document, with no judge to put it right. */
export async function rewritten(
  pdf: Buffer,
  options: object,
): Promise<{ output: Buffer; images: ImageReport[] }> {
  await using test = await openContext([{ name: 'made.pdf', bytes: pdf }], options)
  const { context } = test
  const [input] = context.inputs
  if (!input) throw new Error('there is no input')
  const document = await inspectedForCompression(input, context.engine)
  const analysis = await analyse(document, context.engine)
  const none = () => Promise.reject(new Error('the surgical pass draws and judges nothing'))
  const settings = settingsOf(levelOf(context.options.level), context.options)
  const common = {
    document,
    analysis,
    settings,
    context,
    packed: new Map(),
    ...untouched(),
  }
  const [tally, encoded] = [openTally(), openEncoded()]
  const output = path.join(context.workspace, 'surgical.pdf')
  await rewriteSurgically(
    { ...common, tally, encoded, encodings: noEncodings, judge: none, drawn: none },
    output,
  )
  return { output: await readFile(output), images: imagesTold(tally.all()).images }
}

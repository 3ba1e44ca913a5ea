import { readFile, rm } from 'node:fs/promises'
import { JobFailure } from '@pdf-smaller/contracts'
import type { EngineContext } from './context.ts'
import { placedPages } from './placed-text.ts'
import type { Recognised, RecogniseOptions } from './recognition.ts'
import { run } from './run.ts'

/** It takes more memory and processor time with several threads, and is no faster when pages run side by side. */
const env = { OMP_THREAD_LIMIT: '1' }

const settings = {
  pdf: ['tessedit_create_pdf=1', 'textonly_pdf=1'],
  hocr: ['tessedit_create_hocr=1'],
}

/** Reads the text of an image with the Tesseract that is installed. */
export async function recogniseNatively(
  image: string,
  output: string,
  context: EngineContext,
  { languages, dpi, segmentation, formats, timeoutMs }: RecogniseOptions,
): Promise<Recognised> {
  const wanted = [
    'tessedit_create_tsv=1',
    'tessedit_create_txt=1',
    ...formats.flatMap((each) => settings[each]),
  ]
  const args = [
    image,
    output,
    ...optionArgs(dpi, segmentation === 'automatic' ? '3' : '6'),
    '-l',
    languages.join('+'),
    ...wanted.flatMap((setting) => ['-c', setting]),
  ]
  await run('tesseract', args, context, { timeoutMs, env })
  const [table, text] = await Promise.all(['tsv', 'txt'].map((kind) => readFile(`${output}.${kind}`, 'utf8')))
  await Promise.all(['tsv', 'txt'].map((kind) => rm(`${output}.${kind}`)))
  const [page] = placedPages(table ?? '')
  if (!page) throw new JobFailure('engine_failed', 'tesseract told of no page')
  return { page, text: (text ?? '').replace(/\f$/, '') }
}

const optionArgs = (dpi: number, psm: string) => ['--dpi', String(Math.round(dpi)), '--psm', psm]

/** The languages that are installed; none where Tesseract is not. */
export async function installedLanguages(context: EngineContext): Promise<string[]> {
  try {
    const { stdout, stderr } = await run('tesseract', ['--list-langs'], context, { timeoutMs: 10_000 })
    return `${stdout.toString()}\n${stderr}`
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => /^[A-Za-z_]+(\/[A-Za-z_]+)?$/.test(line) && line !== 'osd')
  } catch (error) {
    if (error instanceof JobFailure && error.code === 'engine_missing') return []
    throw error
  }
}

/** How far a page has to be turned clockwise to stand upright, and how sure that is; above 5 it is hardly wrong. */
export type Orientation = { turn: 0 | 90 | 180 | 270; confidence: number }

/**
 * Finds out which way up the text of an image stands.
 * @returns undefined for images with too little text to tell
 */
export async function orientation(
  image: string,
  context: EngineContext,
  { dpi, timeoutMs }: { dpi: number; timeoutMs: number },
): Promise<Orientation | undefined> {
  const args = [image, 'stdout', ...optionArgs(dpi, '0')]
  const { stdout } = await run('tesseract', args, context, { timeoutMs, env, okCodes: [0, 1] })
  const said = stdout.toString()
  const turn = ([0, 90, 180, 270] as const).find((each) => said.includes(`Rotate: ${each}\n`))
  const confidence = /Orientation confidence: ([\d.]+)/.exec(said)?.[1]
  return turn === undefined || confidence === undefined ? undefined : { turn, confidence: Number(confidence) }
}

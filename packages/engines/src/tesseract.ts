import { readFile, rm } from 'node:fs/promises'
import { JobFailure } from '@pdf-smaller/contracts'
import type { EngineContext } from './context.ts'
import { readHocr } from '@pdf-smaller/text'
import type { Recognised, RecogniseOptions } from './recognition.ts'
import { run } from './run.ts'

/** It takes more memory and processor time with several threads, and is no faster when pages run side by side. */
const env = { OMP_THREAD_LIMIT: '1' }

/** Reads the text of an image with the Tesseract that is installed. */
export async function recogniseNatively(
  image: string,
  context: EngineContext,
  { languages, dpi, segmentation, timeoutMs }: RecogniseOptions,
): Promise<Recognised> {
  const output = `${image}.read`
  const wanted = ['tessedit_create_hocr=1', 'tessedit_create_txt=1']
  const args = [
    image,
    output,
    ...optionArgs(dpi, segmentation === 'automatic' ? '3' : '6'),
    '-l',
    languages.join('+'),
    ...wanted.flatMap((setting) => ['-c', setting]),
  ]
  await run('tesseract', args, context, { timeoutMs, env })
  const files = [`${output}.hocr`, `${output}.txt`]
  const [hocr = '', text = ''] = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  await Promise.all(files.map((file) => rm(file)))
  const page = readHocr(hocr)
  if (!page) throw new JobFailure('engine_failed', 'tesseract told of no page')
  return { page, text: text.replace(/\f$/, ''), hocr }
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

import {
  bundledLanguages,
  type EngineContext,
  installedLanguages,
  type OcrEngine,
  type Recognised,
  recogniseInWasm,
  recogniseNatively,
  type RecogniseOptions,
} from '@pdf-smaller/engines'
import { type ReadLine, withUsualLetters } from '@pdf-smaller/text'

/**
 * Reads the text of an image. Data of some languages has ligatures, which are told of as their letters.
 * @throws JobFailure engine_missing, engine_failed, engine_timeout, out_of_memory
 */
export async function recognise(
  engine: OcrEngine,
  image: string,
  context: EngineContext,
  options: RecogniseOptions,
): Promise<Recognised> {
  const { page, text, hocr } = await readBy(engine, image, context, options)
  const inLetters = (line: ReadLine): ReadLine => ({
    ...line,
    words: line.words.map((word) => ({ ...word, text: withUsualLetters(word.text) })),
  })
  const paragraphs = page.paragraphs.map((lines) => lines.map(inLetters))
  return { page: { ...page, paragraphs }, text: withUsualLetters(text), hocr: withUsualLetters(hocr) }
}

function readBy(
  engine: OcrEngine,
  image: string,
  context: EngineContext,
  options: RecogniseOptions,
): Promise<Recognised> {
  switch (engine) {
    case 'native':
      return recogniseNatively(image, context, options)
    case 'javascript':
      return recogniseInWasm(image, context, options)
    default:
      return engine satisfies never
  }
}

/** The languages that an engine can read here; none where it is not installed. */
export async function languagesOf(engine: OcrEngine, context: EngineContext): Promise<readonly string[]> {
  return engine === 'native' ? installedLanguages(context) : bundledLanguages
}

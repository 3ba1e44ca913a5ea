import type { EngineContext } from './context.ts'
import type { OcrEngine, Recognised, RecogniseOptions } from './recognition.ts'
import { bundledLanguages, recogniseInWasm } from './tesseract-js.ts'
import { installedLanguages, recogniseNatively } from './tesseract.ts'

/**
 * Reads the text of an image.
 * @throws JobFailure engine_missing, engine_failed, engine_timeout, out_of_memory
 */
export function recognise(
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

import type { ExtractionResult } from '@pdf-smaller/contracts/extraction'
import type { RunTask } from '@pdf-smaller/task'
import type { CommonOptions } from '../../extraction/options.ts'
import { runExtraction } from '../../extraction/run-extraction.ts'

export const run: RunTask<CommonOptions, ExtractionResult> = (context) => runExtraction('invoice', context)

import { notationSound } from './notation.ts'
import { lossySound, rewrittenSound } from './rewritten.ts'

/** Changes after which a document is as good as it was; `lossySound` within what the usual level may do. */
export const sound = [...rewrittenSound, ...notationSound]
export { lossySound }

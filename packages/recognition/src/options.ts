import { z } from 'zod'

/** Options that both tasks have where pages are to be read. */
export const recognitionOptions = {
  engine: z
    .enum(['auto', 'native', 'javascript'])
    .default('auto')
    .describe('Tesseract as it is installed, as it comes along in JavaScript, or the faster one of them'),
  languages: z
    .array(z.string().regex(/^[A-Za-z_]{3,20}$/, 'it is no name of a language, such as eng or deu'))
    .min(1)
    .max(8)
    .default(['eng'])
    .describe("Languages of the text, by the names of Tesseract's data: eng, deu, fra"),
  dpi: z
    .int()
    .min(100)
    .max(600)
    .optional()
    .describe('Pixels per inch that pages are read at; without it 300, or fewer where letters are large'),
  lowConfidence: z
    .number()
    .min(0)
    .max(100)
    .default(60)
    .describe('Pages that were read with less confidence than that are listed'),
}

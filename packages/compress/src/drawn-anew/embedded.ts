import { type Font, fontsOf, type PdfObjects } from '@pdf-smaller/pdf'

/** A font with a program of its own. */
export type Embedded = Font & { descriptor: string; file: string; key: NonNullable<Font['key']> }

export const embeddedFonts = (objects: PdfObjects): Embedded[] => fontsOf(objects).filter(isEmbedded)

const isEmbedded = (font: Font): font is Embedded =>
  font.descriptor !== undefined && font.file !== undefined && font.key !== undefined

import type { Dictionary } from '@pdf-smaller/pdf'

/** What is added to a document when it is made to follow the standard, by its reference there. */
export type Assets = {
  /** The metadata packet. */
  packet: string
  srgb: string
  cmyk: string
  /** A form that draws nothing. */
  nothing: string
}

/** A rule of ISO 19005-2 that an object of a document breaks. */
export type Finding = {
  clause: string
  says: string
  /** The reference of the object; `trailer` for the document as a whole. */
  object: string
  /** Entries that the dictionary is to have, undefined for those that are to go; without it nothing can be done here. */
  mend?: (assets: Assets) => Dictionary
  /** What is lost by that, for people. */
  removed?: string
}

/** What a rule says of a dictionary that breaks it. */
export type Broken = Omit<Finding, 'object'>

import type { Dictionary } from '@pdf-smaller/pdf'
import type { Finding } from '../finding.ts'

/** What the contents of a document use. Dictionaries are known by their identity. */
export type Usage = {
  /** Fonts of text that is seen. */
  fonts: Set<Dictionary>
  /** All resources that contents have. */
  resources: Set<Dictionary>
  /** Contents without resources of their own, and those that they use. */
  borrowed: Map<Dictionary, unknown>
  /** Whether anything is painted in DeviceCMYK by an operator. */
  cmyk: boolean
  /** Rules that contents themselves break, which only drawing anew can help. */
  findings: Finding[]
}

export const newUsage = (): Usage => ({
  fonts: new Set(),
  resources: new Set(),
  borrowed: new Map(),
  cmyk: false,
  findings: [],
})

export const renderingIntents: readonly unknown[] = [
  '/RelativeColorimetric',
  '/AbsoluteColorimetric',
  '/Perceptual',
  '/Saturation',
]

export const isPostScript = (drawn: Dictionary): boolean =>
  drawn['/Subtype'] === '/PS' || drawn['/Subtype2'] === '/PS'

import { z } from 'zod'
import { Day, Decimal, FieldValue, Money, Price } from './values.ts'

/** How far a value can be relied on: `certain` what checks or a checksum bear out, `low` what is no more than a guess. */
export const Grade = z.enum(['certain', 'high', 'medium', 'low'])
export type Grade = z.infer<typeof Grade>

/** Where a value comes from: text of the page, its image, a language model, embedded XML, or worked out of others. */
export const Source = z.enum(['text', 'ocr', 'llm', 'xml', 'derived'])
export type Source = z.infer<typeof Source>

/** A box on an upright page, in points from its top left corner. */
export const Box = z.object({ l: z.number(), t: z.number(), r: z.number(), b: z.number() })
export type Box = z.infer<typeof Box>

/** A place of the document that a value stands at. */
export const Place = z.object({
  /** The first page is 1. */
  page: z.int().positive(),
  bbox: Box,
  origin: z.literal('TOPLEFT'),
  unit: z.literal('pt'),
  /** Width and height of the upright page. */
  pageSize: z.tuple([z.number(), z.number()]),
})
export type Place = z.infer<typeof Place>

const evidence = {
  /** The text as it is printed; null where nothing is, as for what is worked out of other values. */
  raw: z.string().nullable(),
  /** Made of evidence: label, shape, checksum, arithmetic, the reader's own confidence. */
  confidence: z.number().min(0).max(1),
  grade: Grade,
  source: Source,
  /** Whether the value stands in the document itself: on a page, or in its XML. */
  grounded: z.boolean(),
  /** Every place that it stands at; none for what comes from XML or is worked out. */
  provenance: z.array(Place),
  /** Ids of the checks that the value took part in. */
  checks: z.array(z.string()),
  /**
   * What a person says that the value is; null where the document has none. It stands beside the value where the extraction
   * of a job is told, and never in the file.
   */
  corrected: z.object({ value: FieldValue.nullable(), by: z.string(), at: z.string() }).optional(),
}

export const TextField = z.object({ value: z.string(), ...evidence })
export const DayField = z.object({ value: Day, ...evidence })
export const MoneyField = z.object({ value: Money, ...evidence })
export const PriceField = z.object({ value: Price, ...evidence })
/** A quantity, or a rate in per cent. */
export const DecimalField = z.object({ value: Decimal, ...evidence })
export const CountField = z.object({ value: z.int().nonnegative(), ...evidence })

export type TextField = z.infer<typeof TextField>
export type DayField = z.infer<typeof DayField>
export type MoneyField = z.infer<typeof MoneyField>
export type PriceField = z.infer<typeof PriceField>
export type DecimalField = z.infer<typeof DecimalField>
export type CountField = z.infer<typeof CountField>

/** A field of any kind of value. */
export type AnyField = TextField | DayField | MoneyField | PriceField | DecimalField | CountField
/** What a field says of its value besides the value. */
export type Evidence = Omit<TextField, 'value'>

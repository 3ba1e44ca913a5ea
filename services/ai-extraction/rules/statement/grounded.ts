import type { AnyField, DayField, MoneyField, TextField } from '@pdf-smaller/contracts/extraction'
import { fieldOf, money, type Origin, type Signs } from '@pdf-smaller/extraction'
import { type PlaceOf, placesOn } from '../../layout/place.ts'
import type { PageWords, Word } from '../../reading/page-words.ts'
import type { Printed } from './identity.ts'

/** Makes fields of printed words: each with its pages, boxes, text and the reader's confidence. */
export class Grounded {
  private readonly placeOf: PlaceOf

  constructor(pages: readonly PageWords[]) {
    this.placeOf = placesOn(pages)
  }

  text(printed: Printed, signs: Signs = {}): TextField {
    const checksum = printed.valid === undefined ? {} : { checksum: printed.valid }
    return this.field(printed.value, printed.page, [printed.words], {
      label: printed.label,
      ...checksum,
      ...signs,
    })
  }

  day(value: string, page: number, words: readonly Word[], signs: Signs): DayField {
    return this.field(value, page, [words], { shape: true, ...signs })
  }

  money(
    minor: bigint,
    currency: string | null,
    page: number,
    words: readonly Word[],
    signs: Signs,
  ): MoneyField {
    return this.field(money(minor, currency), page, [words], { shape: true, ...signs })
  }

  /** A field of words in several lines, one place for each of them. */
  field<V>(
    value: V,
    page: number,
    lines: readonly (readonly Word[])[],
    signs: Signs,
  ): Omit<AnyField, 'value'> & { value: V } {
    const words = lines.flat()
    const origin: Origin = {
      raw: words.map(({ text }) => text).join(' '),
      source: words.some(({ source }) => source === 'ocr') ? 'ocr' : 'text',
      provenance: lines.filter((line) => line.length > 0).map((line) => this.placeOf(page, line)),
      grounded: words.length > 0,
    }
    return fieldOf(value, origin, {
      ...signs,
      reader: Math.min(1, ...words.map(({ confidence }) => confidence)),
    })
  }
}

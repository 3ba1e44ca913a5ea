import type { PdfObject } from '../objects/pdf-objects.ts'

/** The objects of a document with those that were put, added or taken away; those that it was read with stay as they are. */
export class ChangedObjects extends Map<string, PdfObject> {
  private readonly before: ReadonlyMap<string, PdfObject>
  private readonly gone = new Set<string>()
  private added = 0

  constructor(before: ReadonlyMap<string, PdfObject>) {
    super()
    this.before = before
  }

  override get size(): number {
    return this.before.size - this.gone.size + this.added
  }

  override get(reference: string): PdfObject | undefined {
    return super.get(reference) ?? (this.gone.has(reference) ? undefined : this.before.get(reference))
  }

  override has(reference: string): boolean {
    return super.has(reference) || (this.before.has(reference) && !this.gone.has(reference))
  }

  override set(reference: string, object: PdfObject): this {
    this.gone.delete(reference)
    if (!super.has(reference) && !this.before.has(reference)) this.added++
    return super.set(reference, object)
  }

  override delete(reference: string): boolean {
    if (!this.has(reference)) return false
    super.delete(reference)
    if (this.before.has(reference)) this.gone.add(reference)
    else this.added--
    return true
  }

  override clear(): void {
    for (const reference of this.keys()) this.delete(reference)
  }

  override forEach(visit: (object: PdfObject, reference: string, all: Map<string, PdfObject>) => void): void {
    for (const [reference, object] of this) visit(object, reference, this)
  }

  /** What it was read with first, in its order, then what was added. */
  override *entries(): MapIterator<[string, PdfObject]> {
    for (const entry of this.before) {
      const [reference, object] = entry
      if (super.size === 0 && this.gone.size === 0) yield entry
      else if (!this.gone.has(reference)) yield [reference, super.get(reference) ?? object]
    }
    for (const entry of super.entries()) if (!this.before.has(entry[0])) yield entry
  }

  override *keys(): MapIterator<string> {
    for (const [reference] of this.entries()) yield reference
  }

  override *values(): MapIterator<PdfObject> {
    for (const [, object] of this.entries()) yield object
  }

  override [Symbol.iterator](): MapIterator<[string, PdfObject]> {
    return this.entries()
  }
}

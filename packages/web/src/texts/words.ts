import type { en } from './en.ts'

/** The same keys, with texts of another language. */
export type Translated<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...given: infer Given) => string
      ? (...given: Given) => string
      : Translated<T[K]>
}

export type Texts = Translated<typeof en>

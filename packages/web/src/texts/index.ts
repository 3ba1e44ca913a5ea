import { computed } from '@preact/signals'
import { language } from '../wishes.ts'
import { formatsOf } from './formats.ts'
import { textsOf } from './loaded.ts'
import type { Texts } from './words.ts'

export type { Texts }

/** The words of the page in the language that is chosen. */
export const t = computed<Texts>(() => textsOf(language.value))

/** Numbers, sizes and times as that language writes them. */
export const formats = computed(() => formatsOf(language.value))

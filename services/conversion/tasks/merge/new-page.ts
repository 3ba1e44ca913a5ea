import type { Dictionary } from '@pdf-smaller/pdf'

/** The size of a page as it is shown, in units of so many points. */
export type PageSize = { width: number; height: number; unit: number }

/** A page as large as another is shown. */
export const newPage = ({ width, height, unit }: PageSize, parent: string): Dictionary => ({
  '/Type': '/Page',
  '/Parent': parent,
  '/MediaBox': [0, 0, width, height],
  ...(unit === 1 ? {} : { '/UserUnit': unit }),
})

import { type Destination, isDictionary } from '@pdf-smaller/pdf'
import type { Source } from './source.ts'

/** What a document does when it is opened, beside running its scripts. */
export type Opening = {
  /** The place that it shows. */
  place: Destination | undefined
  /** Whether there is more to it. */
  isMore: boolean
}

export function openingOf({ document: { copy }, destinations }: Source): Opening {
  const root = copy.dictionary(copy.trailer['/Root'])
  const action = copy.resolve(root['/OpenAction'])
  const isMore = root['/AA'] !== undefined
  if (!isDictionary(action)) return { place: destinations.explicit(action), isMore }
  if (action['/S'] !== '/GoTo') return { place: undefined, isMore: true }
  return { place: destinations.explicit(action['/D']), isMore: isMore || action['/Next'] !== undefined }
}

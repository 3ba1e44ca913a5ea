import { eventData, type JobEventType } from '@pdf-smaller/contracts'
import { refuse } from '../../program/options.ts'

const types = Object.keys(eventData) as JobEventType[]

/** `completed` of `pdfsmaller.job.completed.v1` */
export const shortOf = (type: string) => type.replace(/^pdfsmaller\.job\./, '').replace(/\.v\d+$/, '')

/** The types that are called so, in short or in full. @throws UsageError for a type that there is not */
export function typesCalled(given: readonly string[], flag: string): JobEventType[] {
  return given.flatMap((each) => {
    const found = types.filter((known) => known === each || shortOf(known) === each)
    return found.length > 0 ? found : refuse(flag, [...new Set(types.map(shortOf))].join('|'), each)
  })
}

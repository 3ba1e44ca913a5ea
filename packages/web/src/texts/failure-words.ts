import { t } from './index.ts'

type Told = { code: string; message: string }

/** What failed and what to do, where the page has words for it; the service's own are English. */
export function failureText({ code, message }: Told): string {
  const own = t.value.job.failures[code]
  return own ? `${own.what}. ${own.todo}` : message
}

/** Of a failure that the page tells by itself. */
const ownCodes = new Set(['unreachable', 'unreadable', 'strange', 'page_bug'])

/** The language of what is told of a failure, where it is that of the service. */
export const failureLanguage = ({ code }: Pick<Told, 'code'>): 'en' | undefined =>
  ownCodes.has(code) || t.value.job.failures[code] ? undefined : 'en'

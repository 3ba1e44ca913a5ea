import { type Dictionary, isDictionary } from '@pdf-smaller/pdf'
import type { Facts } from '../facts.ts'
import { gone, type Rule } from './rule.ts'

/** Actions that may stay (6.5.1); of named ones, only those that go to a page. */
const allowed = new Set(['/GoTo', '/GoToR', '/GoToE', '/Thread', '/URI', '/Named', '/SubmitForm'])
const namedAllowed = new Set<unknown>(['/NextPage', '/PrevPage', '/FirstPage', '/LastPage'])
const holders = ['/A', '/PA', '/OpenAction', '/Next'] as const

/** Actions that run programs, play media or change what is seen (6.5). */
export const actions: Rule = function* (dictionary, { objects }) {
  if (isDictionary(objects.resolve(dictionary['/AA'])))
    yield gone('6.5.2', 'something is done on events', '/AA', 'additional actions')
  // Attributes of structure stand under /A, too, and have an owner.
  for (const key of holders) {
    const value = objects.resolve(dictionary[key])
    if (Array.isArray(value)) {
      const kinds = value.map((each) => forbiddenKind(objects.dictionary(each), objects))
      if (key !== '/Next' || kinds.every((kind) => kind === undefined)) continue
      yield {
        clause: '6.5.1',
        says: `there are actions ${kinds.filter(Boolean).join(' ')}`,
        mend: () => ({ [key]: value.filter((_, index) => kinds[index] === undefined) }),
        removed: `actions ${kinds.filter(Boolean).join(' ')}`,
      }
    } else if (isDictionary(value)) {
      const kind = forbiddenKind(value, objects)
      if (kind) yield gone('6.5.1', `there is an action ${kind}`, key, `actions ${kind}`)
    }
  }
}

function forbiddenKind(action: Dictionary, objects: Facts['objects']): string | undefined {
  const kind = objects.resolve(action['/S'])
  if (typeof kind !== 'string' || action['/O'] !== undefined) return undefined
  const isAllowed = kind === '/Named' ? namedAllowed.has(objects.resolve(action['/N'])) : allowed.has(kind)
  return isAllowed ? undefined : kind.slice(1)
}

import type { Webhook } from '@pdf-smaller/client/node'
import { momentOf } from '../../program/moment.ts'
import { refuse } from '../../program/options.ts'
import type { Session } from '../../program/session.ts'
import { plainText } from '../../screen/plain-text.ts'
import { shortOf, typesCalled } from '../events/types.ts'

/** What is given of a webhook on the command line. */
export type FiltersGiven = {
  name: string | undefined
  types: string[] | undefined
  tasks: string[] | undefined
  tags: string[] | undefined
}

/** Filters as the service takes them, without those that are empty. @throws UsageError for a type that there is not */
export function filtersOf({ name, types = [], tasks = [], tags = [] }: FiltersGiven) {
  return {
    ...(name ? { name } : {}),
    ...(types.length > 0 ? { types: typesCalled(types, 'types') } : {}),
    ...(tasks.length > 0 ? { tasks } : {}),
    ...(tags.length > 0 ? { tags } : {}),
  }
}

/** A place in the stream. @throws UsageError */
export function placeOf(given: string): number | Date {
  if (/^\d{1,15}$/.test(given)) return Number(given)
  return momentOf(given) ?? refuse('from', 'a sequence, or a time such as 2026-11-01 or 2h', given)
}

/** Where a webhook sends to. */
export const addressOf = ({ url }: Pick<Webhook, 'url'>) => url ?? '(the webhook of each request)'

/** What a webhook is told of, in words. */
export function toldOf({ types, tasks = [], tags = [] }: Pick<Webhook, 'types' | 'tasks' | 'tags'>): string {
  return [
    types.map(shortOf).join(','),
    ...(tasks.length > 0 ? [`of ${tasks.join(',')}`] : []),
    ...(tags.length > 0 ? [`tagged ${plainText(tags.join(','))}`] : []),
  ].join(' ')
}

/** Tells of a webhook in one line. */
export function tellWebhook(webhook: Webhook, { tell }: Pick<Session, 'tell'>): void {
  const { id, status } = webhook
  tell({
    json: webhook,
    lines: () => [`${id}  ${status}  ${addressOf(webhook)}  ${toldOf(webhook)}`],
    word: id,
  })
}

/** Tells the secret of a webhook, this once. */
export function tellSecret(webhook: Webhook & { secretKey: string }, { tell }: Pick<Session, 'tell'>): void {
  const { id, secretKey } = webhook
  const lines = () => [`${id}  ${addressOf(webhook)}`, '', 'The secret, shown only now:', secretKey]
  tell({ json: webhook, lines, word: secretKey })
}

import type { NewConsumer } from '@pdf-smaller/client/node'
import type { OpenedEventConsumer } from '@pdf-smaller/contracts/http'
import type { Given } from '../../program/command.ts'
import { exitCodes } from '../../program/exit.ts'
import { momentOf } from '../../program/moment.ts'
import { refuse } from '../../program/options.ts'
import type { Session } from '../../program/session.ts'
import { typesCalled } from '../events/types.ts'

type Values = { tenant: string | undefined; filter: readonly string[]; from: string | undefined }

export async function run({ values, words: [name = ''] }: Given<Values>, session: Session): Promise<number> {
  const { tenant, filter, from } = values
  const wanted = { name, ...(tenant && { tenant }), filters: filtersOf(filter), from: startOf(from) }
  const client = await session.connect()
  const opened = await client.consumers.create(wanted, { signal: session.signal })
  session.tell({ json: opened, lines: () => openedLines(opened), word: opened.credentials.password })
  return exitCodes.done
}

/** @throws UsageError */
function filtersOf(given: readonly string[]): NonNullable<NewConsumer['filters']> {
  const tasks: string[] = []
  const types: string[] = []
  for (const each of given) {
    const [, name, value = ''] = /^(task|type)=(.+)$/.exec(each) ?? []
    if (name === 'task') tasks.push(...value.split(','))
    else if (name === 'type') types.push(...value.split(','))
    else refuse('filter', 'task=NAME or type=NAME', each)
  }
  return {
    ...(tasks.length > 0 ? { task: tasks } : {}),
    ...(types.length > 0 ? { type: typesCalled(types, 'filter') } : {}),
  }
}

/** @throws UsageError */
function startOf(from = 'new'): NonNullable<NewConsumer['from']> {
  if (from === 'new') return from
  if (/^\d{1,15}$/.test(from)) return Number(from)
  return (
    momentOf(from)?.toISOString() ??
    refuse('from', 'new, a sequence, or a time such as 2026-11-01 or 7d', from)
  )
}

/** What an integrator has to be told, for people. */
function openedLines({ consumer, credentials, permissions, serverConfig }: OpenedEventConsumer): string[] {
  const { servers, user, password, inboxPrefix } = credentials
  return [
    `stream        ${consumer.stream}`,
    `consumer      ${consumer.consumer}`,
    `begins at     ${consumer.startsAt}`,
    `servers       ${servers.join(', ')}`,
    `user          ${user}`,
    `password      ${password ?? '(told before)'}`,
    `inbox prefix  ${inboxPrefix}`,
    '',
    'It may publish to:',
    ...permissions.publish.map((subject) => `  ${subject}`),
    'and subscribe to:',
    ...permissions.subscribe.map((subject) => `  ${subject}`),
    ...(serverConfig
      ? [
          '',
          'For your own nats-server, the account of the services needs:',
          serverConfig.exports,
          '',
          'and beside it stands:',
          serverConfig.account,
        ]
      : []),
  ]
}

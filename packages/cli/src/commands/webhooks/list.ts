import type { Given } from '../../program/command.ts'
import { exitCodes } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { plainText } from '../../screen/plain-text.ts'
import { tellRows } from '../../screen/tell-rows.ts'
import { addressOf, toldOf } from './tell.ts'

export async function run(_: Given<object>, session: Session): Promise<number> {
  tellRows(session, {
    all: await (await session.connect()).webhooks.list({ signal: session.signal }),
    heads: ['ID', 'STATUS', 'NAME', 'URL', 'EVENTS'],
    row: (webhook) => [
      webhook.id,
      webhook.status,
      plainText(webhook.name ?? ''),
      addressOf(webhook),
      toldOf(webhook),
    ],
    word: ({ id }) => id,
    none: 'There are no webhooks.',
  })
  return exitCodes.done
}

import type { Given } from '../../program/command.ts'
import { exitCodes } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { plainText } from '../../screen/plain-text.ts'
import { timeOf } from '../../jobs/rows.ts'
import { addressOf, toldOf } from './tell.ts'

const nameWidth = 13

export async function run({ words: [id = ''] }: Given<object>, session: Session): Promise<number> {
  const found = await (await session.connect()).webhooks.get(id, { signal: session.signal })
  const { status, name, failingSince, disabled, secret, position, createdAt, createdBy } = found
  const time = (iso: string) => `${timeOf(iso)} UTC`
  const facts: [string, string | undefined][] = [
    ['webhook', found.id],
    ['url', addressOf(found)],
    ['name', name && plainText(name)],
    ['status', status],
    ['events', toldOf(found)],
    ['failing since', failingSince && time(failingSince)],
    ['disabled', disabled && `${time(disabled.at)}: ${disabled.because}`],
    ['place', position && `behind ${position.after}, ${position.waiting} events to come`],
    [
      'secret',
      `number ${secret.number}${secret.previousUntil ? `, the one before until ${time(secret.previousUntil)}` : ''}`,
    ],
    ['made', `${time(createdAt)} with the key ${createdBy}`],
  ]
  const lines = () => facts.flatMap(([fact, value]) => (value ? [`${fact.padEnd(nameWidth)} ${value}`] : []))
  session.tell({ json: found, lines, word: status })
  return exitCodes.done
}

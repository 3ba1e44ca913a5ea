import type { Given } from '../../program/command.ts'
import { exitCodes } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { tellRows } from '../../screen/tell-rows.ts'
import { shippedTasks } from '../../tasks/catalogue.ts'

export async function run(_: Given<object>, session: Session): Promise<number> {
  const there = await session.address()
  const tasks = there === undefined ? shippedTasks : await (await session.connect()).tasks()
  tellRows(session, {
    all: tasks,
    heads: ['TASK', 'WHAT IT DOES'],
    row: ({ name, title }) => [name, title],
    word: ({ name }) => name,
    none: 'It can do nothing.',
  })
  return exitCodes.done
}

import type { Given } from '../../program/command.ts'
import { exitCodes } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { table } from '../../screen/table.ts'
import { shippedTasks } from '../../tasks/catalogue.ts'

export async function run(_: Given<object>, session: Session): Promise<number> {
  const there = await session.address()
  const tasks = there === undefined ? shippedTasks : await (await session.connect()).tasks()
  const { paint, results, print, tell, json, quiet } = session
  if (json || quiet) for (const task of tasks) tell({ json: task, lines: () => [], word: task.name })
  else {
    const rows = tasks.map(({ name, title }) => [name, title])
    for (const line of table({ heads: ['TASK', 'WHAT IT DOES'], rows, columns: results.columns, paint }))
      print(line)
  }
  return exitCodes.done
}

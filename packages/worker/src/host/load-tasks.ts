import { tasksOf } from './tasks-of.ts'

/** The main file of a process that only loads what hosts load, so that Node has it compiled. */
await Promise.all([
  import('./attempt-in-host.ts'),
  import('./protocol.ts'),
  import('@pdf-smaller/hosts/channel'),
])
const tasks = await tasksOf(process.argv[2] ?? '')
await Promise.all(tasks.flatMap((task) => (task.inWorker ? [] : [task.code()])))

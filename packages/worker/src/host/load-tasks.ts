import { tasksOf } from './tasks-of.ts'

/** The main file of a process that only loads what hosts load, so that Node has it compiled. */
await Promise.all([import('./attempt-in-host.ts'), import('./protocol.ts'), import('./channel.ts')])
const tasks = await tasksOf(process.argv[2] ?? '')
await Promise.all(tasks.flatMap((task) => (task.inWorker ? [] : [task.code()])))

import { Socket } from 'node:net'
import { Worker } from 'node:worker_threads'
import { openChannel } from '@pdf-smaller/hosts/channel'
import { orphanWatch, watchParent } from '@pdf-smaller/hosts/orphan-watch'
import { attemptInHost } from './attempt-in-host.ts'
import { openHanding } from './handing.ts'
import { type FromHost, ToHost, type Work } from './protocol.ts'
import { failureTold, openQuestions } from './questions.ts'
import { tasksOf } from './tasks-of.ts'

/** The main file of a task host: it makes one attempt after the other, as its worker tells it to, and ends with the worker. */
const [folder = '', watch] = process.argv.slice(2)
if (watch === watchParent) new Worker(orphanWatch, { workerData: process.ppid }).unref()

const handing = openHanding(folder)
let current: AbortController | undefined

const channel = openChannel<ToHost, FromHost>(new Socket({ fd: 3 }), ToHost, {
  hear: (message) => {
    switch (message.type) {
      case 'work':
        return void carryOut(message)
      case 'stop':
        return current?.abort(failureTold(message.failure))
      case 'answer':
        return questions.hear(message)
      default:
        return message satisfies never
    }
  },
  lost: () => process.exit(0),
})
const questions = openQuestions(channel.say)
channel.say({ type: 'ready' })

async function carryOut(work: Work): Promise<void> {
  const controller = new AbortController()
  current = controller
  const tasks = await tasksOf(work.module)
  const tools = { tasks, handing, questions, say: channel.say, signal: controller.signal }
  channel.say(await attemptInHost(work, tools))
}

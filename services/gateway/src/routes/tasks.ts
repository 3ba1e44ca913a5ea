import type { Task } from '@pdf-smaller/task'
import { z } from 'zod'
import type { App, Context } from '../context.ts'
import { answers } from '../http/answers.ts'

const JsonSchema = z.record(z.string(), z.unknown())

const TaskAnswer = z.object({
  name: z.string(),
  domain: z.string(),
  title: z.string(),
  inputs: z.object({
    min: z.int(),
    max: z.int(),
    contentTypes: z.array(z.string()),
    /** Any file is taken, and the result tells of those that could not be worked on. */
    oneByOne: z.literal(true).optional(),
    alone: z.string().optional(),
  }),
  stages: z.array(z.object({ name: z.string(), weight: z.number() })),
  limits: z.object({ retries: z.int(), softSeconds: z.int(), hardSeconds: z.int() }),
  /** JSON Schema 2020-12 of the options as they are sent. */
  options: JsonSchema,
  /** JSON Schema 2020-12 of the result as it is given. */
  result: JsonSchema,
})
type TaskAnswer = z.infer<typeof TaskAnswer>

const schema = {
  tags: ['Tasks'],
  summary: 'What the service can do',
  response: answers({ 200: { description: 'All tasks', schema: z.object({ tasks: z.array(TaskAnswer) }) } }),
} as const

export function tasks(app: App, { tasks }: Context): void {
  let json: string | undefined
  app.get('/api/tasks', { config: { access: 'read' }, schema }, (_, reply) => {
    json ??= JSON.stringify({ tasks: [...tasks.values()].map(describe) })
    void reply.header('content-type', 'application/json; charset=utf-8').send(json)
  })
}

function describe({ name, domain, title, inputs, stages, limits, options, result }: Task): TaskAnswer {
  return {
    name,
    domain,
    title,
    inputs: { ...inputs, contentTypes: [...inputs.contentTypes] },
    stages: [...stages],
    limits,
    options: z.toJSONSchema(options, { io: 'input' }),
    result: z.toJSONSchema(result, { io: 'output' }),
  }
}

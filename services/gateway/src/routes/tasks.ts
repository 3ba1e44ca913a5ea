import { listTasks, type TaskAnswer } from '@pdf-smaller/contracts/http'
import type { Task } from '@pdf-smaller/task'
import { z } from 'zod'
import type { App, Context } from '../context.ts'
import { keepJson } from '../http/json.ts'
import { serve } from '../http/serve.ts'

export function tasks(app: App, { tasks }: Context): void {
  let answer: { tasks: TaskAnswer[] } | undefined
  serve(app, listTasks, (_, reply) => {
    answer ??= keepJson({ tasks: [...tasks.values()].map(describe) })
    void reply.send(answer)
  })
}

function describe({
  name,
  domain,
  title,
  inputs,
  outputs,
  stages,
  limits,
  options,
  result,
}: Task): TaskAnswer {
  return {
    name,
    domain,
    title,
    inputs: { ...inputs, contentTypes: [...inputs.contentTypes] },
    ...(outputs && { outputs: [...outputs] }),
    stages: [...stages],
    limits,
    options: z.toJSONSchema(options, { io: 'input' }),
    result: z.toJSONSchema(result, { io: 'output' }),
  }
}

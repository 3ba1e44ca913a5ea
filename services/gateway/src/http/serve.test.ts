import { cancelJob, getResult, listTasks, submitJob } from '@pdf-smaller/contracts/http'
import fastify from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { describe, expect, it } from 'vitest'
import type { App } from '../context.ts'
import { serve } from './serve.ts'

/** Compiled, and never run: what is marked must not compile. */
export function heldByTypes(app: App): void {
  serve(app, listTasks, (_, reply) => {
    void reply.send({ tasks: [] })
    // @ts-expect-error it is no answer of the route
    void reply.send({ nonsense: 1 })
    // @ts-expect-error nor is a text, whatever it says
    void reply.send('{ "tasks": [] }')
  })
  // @ts-expect-error a returned value would be sent unseen
  serve(app, listTasks, () => ({ nonsense: 1 }))
  // @ts-expect-error a promised one, too
  serve(app, listTasks, async () => ({ nonsense: 1 }))
  serve(app, submitJob, (request, reply) => {
    request.params.task satisfies string
    request.body?.inputs satisfies unknown[] | undefined
    // @ts-expect-error it has no such parameter
    void request.params.id
    // @ts-expect-error it has no such status
    void reply.code(201)
    // @ts-expect-error nor such an answer with a status that it has
    void reply.code(202).send({ nonsense: 1 })
  })
  serve(app, getResult, (_, reply) => {
    void reply.code(304).send()
    // @ts-expect-error a file is bytes
    void reply.code(200).send({ nonsense: 1 })
  })
}

describe('a route of the contracts', () => {
  it('is served at its own path, and at others that do the same', async () => {
    const app = fastify().withTypeProvider<ZodTypeProvider>()
    app.setValidatorCompiler(() => () => true)
    app.setSerializerCompiler(() => JSON.stringify)
    serve(app, cancelJob, (_, reply) => void reply.code(200).raw.end('done'), { at: ['/before/:id'] })
    for (const url of ['/api/jobs/1/cancel', '/before/1'])
      expect((await app.inject({ method: 'POST', url })).body).toBe('done')
    await app.close()
  })
})

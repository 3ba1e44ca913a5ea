import { getLiveness, type Route } from '@pdf-smaller/contracts/http'
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { checkAnswers } from './check-answers.ts'

const route = {
  ...getLiveness,
  answers: {
    200: { description: 'A number', schema: z.object({ count: z.int() }) },
    204: { description: 'None' },
  },
  endings: ['unknown_file'],
} as const satisfies Route

let running: FastifyInstance | undefined
afterEach(() => running?.close())

/** What becomes of an answer, whatever the types say of it: its body, or why it is refused. */
async function told(answer: (reply: FastifyReply) => unknown): Promise<string> {
  const faults: string[] = []
  running = fastify()
  checkAnswers(running.withTypeProvider<ZodTypeProvider>())
  running.setErrorHandler((error, _, reply) => {
    faults.push(String(error))
    return problem('internal_error', 500)(reply)
  })
  running.get('/', { config: { access: 'open', route } }, (_, reply) => void answer(reply))
  const { body } = await running.inject('/')
  return faults.join() || body
}

const problem = (code: string, status: number) => (reply: FastifyReply) =>
  reply
    .code(status)
    .header('content-type', 'application/problem+json')
    .send(
      JSON.stringify({
        type: 'urn:x',
        title: 'x',
        status,
        detail: 'x',
        instance: '/',
        code,
        retryable: false,
        traceId: '',
      }),
    )

describe('an answer that is checked', () => {
  it('is sent when it is what its route documents', async () => {
    expect(await told((reply) => reply.send({ count: 1 }))).toBe('{"count":1}')
    expect(await told((reply) => reply.code(204).send())).toBe('')
    expect(await told(problem('unknown_file', 404))).toContain('unknown_file')
  })

  it.each<[string, (reply: FastifyReply) => unknown, string]>([
    ['another value', (reply) => reply.send({ count: 'one' }), 'count'],
    ['more than documented', (reply) => reply.send({ count: 1, secret: 2 }), 'secret'],
    ['another status', (reply) => reply.code(201).send({ count: 1 }), '201'],
    ['another content type', (reply) => reply.type('text/plain').send('one'), 'text/plain'],
    ['a value where there is none', (reply) => reply.code(204).type('text/plain').send('one'), 'text/plain'],
    ['a problem that is not documented', problem('unknown_job', 404), 'unknown_job'],
    ['a problem under another status', problem('unknown_file', 400), 'unknown_file'],
  ])('fails the request: %s', async (_, answer, why) => {
    const message = await told(answer)
    expect(message).toContain(route.id)
    expect(message).toContain(why)
  })
})

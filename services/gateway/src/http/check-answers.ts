import { canonical } from '@pdf-smaller/contracts'
import { endingsOf, Problem, problemType, type Route, statusOf } from '@pdf-smaller/contracts/http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App } from '../context.ts'

/**
 * Fails every request whose answer is not what its route documents: its status, its content type, its value and the code
 * of its problem. For development and tests; in production the types are all that holds them.
 */
export function checkAnswers(app: App): void {
  app.addHook('preSerialization', async (request, reply, payload) => {
    const route = routeOf(request)
    if (route) checkValue(route, reply.statusCode, payload)
    return payload
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const route = routeOf(request)
    if (route) checkKind(route, reply, payload)
    return payload
  })
}

/** An answer is not what the contracts say. */
class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer'
}

const routeOf = ({ routeOptions }: FastifyRequest): Route | undefined => routeOptions.config?.route

/** A value has to be what its schema says, and no more. */
function checkValue(route: Route, status: number, value: unknown): void {
  const schema = route.answers[status]?.schema
  if (!schema) throw new WrongAnswer(`${route.id} has no answer ${status} with a value`)
  const sent: unknown = JSON.parse(JSON.stringify(value))
  const parsed = schema.safeParse(sent)
  if (!parsed.success)
    throw new WrongAnswer(
      `${route.id} answers ${status} with what it does not document: ${z.prettifyError(parsed.error)}`,
    )
  if (canonical(parsed.data) !== canonical(sent))
    throw new WrongAnswer(`${route.id} answers ${status} with more than it documents: ${canonical(sent)}`)
}

function checkKind(route: Route, reply: FastifyReply, payload: unknown): void {
  const { statusCode: status } = reply
  const contentType = String(reply.getHeader('content-type') ?? '').split(';', 1)[0] ?? ''
  if (contentType === problemType) return checkProblem(route, status, payload)
  const answer = route.answers[status]
  if (!answer) throw new WrongAnswer(`${route.id} does not document an answer ${status}`)
  const documented = answer.schema ? (answer.contentType ?? 'application/json') : ''
  const isBare = documented === '' && (payload === undefined || payload === null)
  if (documented !== '*/*' && documented !== contentType && !isBare)
    throw new WrongAnswer(`${route.id} answers ${status} as ${contentType}, and documents ${documented}`)
}

/** A HEAD request gets no body, but the problem is there all the same. */
function checkProblem(route: Route, status: number, payload: unknown): void {
  const problem = Problem.parse(JSON.parse(String(payload)))
  const { code } = problem
  const own = endingsOf(route).includes(code) && statusOf(code) === status
  const ofJob = route.jobEndings?.includes(code) && statusOf(code, { ofJob: true }) === status
  if (!own && !ofJob)
    throw new WrongAnswer(`${route.id} ends in ${code} with ${status}, and does not document it`)
}

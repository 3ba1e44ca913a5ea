import { createStreamToken } from '@pdf-smaller/contracts/http'
import { followedTenant } from '../access/followed-tenant.ts'
import type { App, Context } from '../context.ts'
import { serve } from '../http/serve.ts'

/** The usual life of a token, s. */
const usualSeconds = 300

/** Tokens for pages, whose streams cannot be asked for with a key. */
export function streamTokenRoute(app: App, { tokens, clock }: Context): void {
  serve(app, createStreamToken, (request, reply) => {
    const { caller, body } = request
    const tenant = followedTenant(caller, body?.tenant)
    const until = Math.floor(clock().getTime() / 1000) + (body?.seconds ?? usualSeconds)
    const token = tokens.write({ key: caller.id, tenant, until })
    const expiresAt = new Date(until * 1000).toISOString()
    void reply.code(201).header('cache-control', 'no-store').send({ token, expiresAt, tenant })
  })
}

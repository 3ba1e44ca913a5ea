import { getOwnKey, KeyAnswer, listKeys } from '@pdf-smaller/contracts/http'
import { followedTenant } from '../access/followed-tenant.ts'
import type { App, Context } from '../context.ts'
import { serve } from '../http/serve.ts'

export function keys(app: App, { keys: ring }: Context): void {
  serve(app, listKeys, ({ caller, query }, reply) => {
    const tenant = followedTenant(caller, query.tenant)
    const own = ring?.all().filter((key) => tenant === '*' || key.tenant === tenant) ?? []
    void reply.send({ keys: own.map((key) => KeyAnswer.parse({ allTenants: false, ...key })) })
  })

  serve(app, getOwnKey, ({ caller: { id, tenant, scopes, allTenants } }, reply) => {
    void reply.send({ id, tenant, scopes: [...scopes], allTenants, needed: ring !== undefined })
  })
}

import { getActivity } from '@pdf-smaller/contracts/http'
import { followedTenant } from '../access/followed-tenant.ts'
import { activityOf } from '../activity.ts'
import type { App, Context } from '../context.ts'
import { serve } from '../http/serve.ts'

export function activity(app: App, context: Context): void {
  serve(app, getActivity, async ({ caller, query }, reply) => {
    void reply.send(await activityOf(context, followedTenant(caller, query.tenant), query.hours))
  })
}

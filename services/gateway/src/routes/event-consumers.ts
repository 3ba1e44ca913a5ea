import { JobFailure } from '@pdf-smaller/contracts'
import { createEventConsumer, deleteEventConsumer, listEventConsumers } from '@pdf-smaller/contracts/http'
import { consumerOf } from '@pdf-smaller/platform'
import { followedTenant } from '../access/followed-tenant.ts'
import type { App, Context } from '../context.ts'
import { serve } from '../http/serve.ts'
import { consumerAnswer, openedAnswer } from '../integrators/answer.ts'
import { checkTasks, requestOf, startOf, subjectsOf } from '../integrators/wanted.ts'
import { replayed } from './jobs/accepted.ts'

/** Ways into the stream of events for integrators. */
export function eventConsumers(app: App, context: Context): void {
  const { integrators, config, log } = context

  serve(app, createEventConsumer, async ({ caller, body, headers }, reply) => {
    const { name, filters, from } = body
    const tenant = followedTenant(caller, body.tenant)
    checkTasks(context, filters.task ?? [])
    const made = await integrators.create(
      {
        tenant,
        name,
        filters,
        subjects: subjectsOf(tenant, filters),
        startsAt: await startOf(context, await integrators.kept(), from),
        createdBy: caller.id,
        request: requestOf(tenant, headers['idempotency-key'], body),
      },
      config.TENANT_MAX_EVENT_CONSUMERS,
    )
    const repeated = made.kind === 'repeated'
    if (!repeated) log.info({ tenant, name, by: caller.id }, 'an integrator gets events')
    const answer = openedAnswer(integrators, made.integrator, {
      password: repeated ? undefined : made.password,
      servicesAccount: await integrators.servicesAccount(),
    })
    void reply
      .code(repeated ? 200 : 201)
      .header('cache-control', 'no-store')
      .headers(replayed(repeated))
      .send(answer)
  })

  serve(app, listEventConsumers, async ({ caller, query }, reply) => {
    const tenant = followedTenant(caller, query.tenant)
    const all = await integrators.all()
    const own = tenant === '*' ? all : all.filter((each) => each.tenant === tenant)
    void reply.send({ consumers: own.map(consumerAnswer) })
  })

  serve(app, deleteEventConsumer, async ({ caller, params, query }, reply) => {
    const { name } = params
    const tenant = followedTenant(caller, query.tenant)
    if (!(await integrators.end(tenant, name)))
      throw new JobFailure('unknown_event_consumer', `"${name}" of the tenant "${tenant}"`)
    log.info({ tenant, name, by: caller.id }, 'an integrator gets no more events')
    const elsewhere = (await integrators.servicesAccount()) !== undefined
    const rest = elsewhere ? { accountToRemove: consumerOf(tenant, name) } : {}
    void reply.send({ tenant, name, ...rest })
  })
}

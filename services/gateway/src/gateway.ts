import { once } from 'node:events'
import type { Server } from 'node:http'
import multipart from '@fastify/multipart'
import { webhookKey } from '@pdf-smaller/endpoints'
import { openPageViews } from '@pdf-smaller/page-views'
import { ConfigError } from '@pdf-smaller/platform'
import fastify from 'fastify'
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { isLoopback } from './access/browser.ts'
import { streamTokenKey, streamTokens } from './access/stream-tokens.ts'
import type { App, Context, GatewayOptions } from './context.ts'
import { guardRoutes, type ServedRoute } from './http/admit.ts'
import { checkAnswers } from './http/check-answers.ts'
import { readBodies } from './http/bodies.ts'
import { compressJson } from './http/compress.ts'
import type { FrontDoor } from './http/front-door.ts'
import { jsonOf } from './http/json.ts'
import { type LoadShedding, openLoadShedding } from './http/overload.ts'
import { nothingServed } from './http/nothing-served.ts'
import { refuse } from './http/refuse.ts'
import { unusedConnections } from './http/unused-connections.ts'
import { removeAbandoned } from './intake/abandoned.ts'
import { openTenantLimits } from './intake/tenant-limits.ts'
import { page } from './page/page.ts'
import { activity } from './routes/activity.ts'
import { corrections } from './routes/corrections.ts'
import { docs } from './routes/docs.ts'
import { estimate } from './routes/estimate.ts'
import { eventConsumers } from './routes/event-consumers.ts'
import { events } from './routes/events.ts'
import { health } from './routes/health.ts'
import { jobRoutes } from './routes/jobs/routes.ts'
import { submit } from './routes/jobs/submit.ts'
import { keys } from './routes/keys.ts'
import { ops } from './routes/ops.ts'
import { streamTokenRoute } from './routes/stream-tokens.ts'
import { schemas } from './routes/schemas.ts'
import { tasks } from './routes/tasks.ts'
import { uploads } from './routes/uploads.ts'
import { webhookDeliveries } from './routes/webhooks/deliver.ts'
import { manageWebhooks } from './routes/webhooks/manage.ts'

export type Gateway = {
  app: App
  /** Every route, and who may use it. */
  routes: readonly ServedRoute[]
  /** Answers whoever comes to its door from now on. */
  open: () => void
  /** Lets requests finish for a while; whoever only waits or follows is let go at once. */
  close: () => Promise<void>
}

/**
 * The HTTP API over the event store, the object store and the projection.
 * @throws ConfigError when it would be open to strangers
 */
export async function createGateway({
  catalogue,
  clock = () => new Date(),
  door,
  ...options
}: GatewayOptions): Promise<Gateway> {
  refuseStrangers(options)
  const closing = new AbortController()
  const context: Context = {
    ...options,
    clock,
    limits: openTenantLimits(options.config, options.projection),
    origins: options.config.CORS_ORIGINS,
    pages: openPageViews(options.config, options.log),
    tokens: streamTokens(await streamTokenKey(options.config)),
    webhookKey: await webhookKey(options.config),
    tasks: new Map(catalogue.map((task) => [task.name, task])),
    closing: closing.signal,
  }
  // Where one is required and there is none, there are no pages, and whoever set that wants to know now.
  if (context.config.SANDBOX === 'required') await context.pages.isolation()
  const load = openLoadShedding(context.config.MOST_DELAY_MS)
  const { app, routes, open } = await openApp(context, door, load)
  const closeUnused = unusedConnections(door.server)
  const uploadsGone = await removeAbandoned(context)
  const { DRAIN_SECONDS } = context.config
  const close = async () => {
    closing.abort()
    closeUnused()
    const overdue = setTimeout(() => door.server.closeAllConnections(), DRAIN_SECONDS * 1000)
    await app.close()
    clearTimeout(overdue)
    await uploadsGone.drain()
    await context.pages.stop()
    context.keys?.close()
    load.close()
  }
  return { app, routes, open, close }
}

function refuseStrangers({ config, keys }: Pick<GatewayOptions, 'config' | 'keys'>): void {
  if (!keys && config.CORS_ORIGINS.size > 0)
    throw new ConfigError(
      'PDF_SMALLER_CORS_ORIGINS lets pages of others in, for which they have to show keys. Name a file of keys in ' +
        'PDF_SMALLER_KEYS_FILE.',
    )
  if (keys || config.OPEN_TO_ANYONE || isLoopback(config.HOST)) return
  throw new ConfigError(
    `PDF_SMALLER_HOST is ${config.HOST}, so anyone in reach could use the gateway. Name a file of keys in ` +
      'PDF_SMALLER_KEYS_FILE, or say PDF_SMALLER_OPEN_TO_ANYONE=true.',
  )
}

const largestJson = 1024 * 1024

async function openApp(
  context: Context,
  door: FrontDoor,
  load: LoadShedding,
): Promise<Pick<Gateway, 'app' | 'routes' | 'open'>> {
  let open = () => {}
  const app = fastify({
    logger: false,
    bodyLimit: largestJson,
    // A file's name, percent-encoded.
    routerOptions: { maxParamLength: 1000 },
    serverFactory: (answer) => {
      open = () => door.open(answer)
      return door.server
    },
    // The door has answered.
    clientErrorHandler: () => {},
    frameworkErrors: (error, request, reply) => refuse(context, error, request, reply),
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  // The types hold the answers, and where it is asked for the check below; nothing is left out of them here.
  app.setSerializerCompiler(() => jsonOf)
  if (context.config.CHECK_ANSWERS) checkAnswers(app)
  compressJson(app)
  readBodies(app)
  const routes = guardRoutes(app, context, load)
  const nothing = nothingServed(context, routes)
  app.setNotFoundHandler(nothing)
  app.setErrorHandler((error, request, reply) =>
    request.is404 ? nothing(request, reply) : refuse(context, error, request, reply),
  )
  await page(app, context, context.page)
  ops(app, context)
  docs(app, context, routes)
  schemas(app, context)
  tasks(app, context)
  health(app, context)
  activity(app, context)
  keys(app, context)
  uploads(app, context)
  events(app, context)
  streamTokenRoute(app, context)
  eventConsumers(app, context)
  jobRoutes(app, context)
  corrections(app, context)
  manageWebhooks(app, context)
  webhookDeliveries(app, context)
  // The form parser puts hooks on every route of its scope.
  await app.register(async (scope) => {
    await scope.register(multipart, { throwFileSizeLimit: false })
    const forms = scope.withTypeProvider<ZodTypeProvider>()
    submit(forms, context)
    estimate(forms, context)
  })
  // The framework closes only what it has opened.
  app.addHook('preClose', () => closed(door.server))
  await app.ready()
  return { app, routes, open }
}

/** Resolves when the last request under way is answered. */
async function closed(server: Server): Promise<void> {
  const end = once(server, 'close')
  server.close()
  await end
}

import multipart from '@fastify/multipart'
import { ConfigError } from '@pdf-smaller/platform'
import fastify from 'fastify'
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { isLoopback } from './access/browser.ts'
import type { App, Context, GatewayOptions } from './context.ts'
import { guardRoutes } from './http/admit.ts'
import { refuse } from './http/refuse.ts'
import { unusedConnections } from './http/unused-connections.ts'
import { removeAbandoned } from './intake/abandoned.ts'
import { JobFailure } from '@pdf-smaller/contracts'
import type { DocumentedRoute } from './openapi.ts'
import { docs } from './routes/docs.ts'
import { estimate } from './routes/estimate.ts'
import { health } from './routes/health.ts'
import { jobRoutes, submissionRoutes } from './routes/jobs/routes.ts'
import { ops } from './routes/ops.ts'
import { tasks } from './routes/tasks.ts'
import { uploads } from './routes/uploads.ts'

export type Gateway = {
  app: App
  /** Every route, and who may use it. */
  routes: readonly DocumentedRoute[]
  /** Listens on the configured address and gives its URL. */
  listen: () => Promise<string>
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
  ...options
}: GatewayOptions): Promise<Gateway> {
  refuseStrangers(options)
  const closing = new AbortController()
  const context: Context = {
    ...options,
    clock,
    tasks: new Map(catalogue.map((task) => [task.name, task])),
    closing: closing.signal,
  }
  const { app, routes } = await openApp(context)
  const closeUnused = unusedConnections(app.server)
  const uploadsGone = await removeAbandoned(context)
  const { HOST, PORT, DRAIN_SECONDS } = context.config
  const close = async () => {
    closing.abort()
    closeUnused()
    const overdue = setTimeout(() => app.server.closeAllConnections(), DRAIN_SECONDS * 1000)
    await app.close()
    clearTimeout(overdue)
    await uploadsGone.drain()
    context.keys?.close()
  }
  return { app, routes, listen: () => app.listen({ host: HOST, port: PORT }), close }
}

function refuseStrangers({ config, keys }: Pick<GatewayOptions, 'config' | 'keys'>): void {
  if (keys || config.OPEN_TO_ANYONE || isLoopback(config.HOST)) return
  throw new ConfigError(
    `PDF_SMALLER_HOST is ${config.HOST}, so anyone in reach could use the gateway. Name a file of keys in ` +
      'PDF_SMALLER_KEYS_FILE, or say PDF_SMALLER_OPEN_TO_ANYONE=true.',
  )
}

const largestJson = 1024 * 1024

async function openApp(context: Context): Promise<Pick<Gateway, 'app' | 'routes'>> {
  const { config } = context
  const app = fastify({
    logger: false,
    bodyLimit: largestJson,
    // A file's name, percent-encoded.
    routerOptions: { maxParamLength: 1000 },
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    requestTimeout: (config.UPLOAD_SECONDS + 60) * 1000,
    http: { headersTimeout: 15_000 },
    frameworkErrors: (error, request, reply) => refuse(context, error, request, reply),
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  // The answers' schemas are for the documentation; the types hold them, and the tests.
  app.setSerializerCompiler(() => JSON.stringify)
  app.setErrorHandler((error, request, reply) => refuse(context, error, request, reply))
  app.setNotFoundHandler((request, reply) => refuse(context, new JobFailure('unknown_route'), request, reply))
  const routes = guardRoutes(app, context)
  ops(app, context)
  docs(app, context, routes)
  tasks(app, context)
  health(app, context)
  uploads(app, context)
  jobRoutes(app, context)
  // The form parser puts hooks on every route of its scope.
  await app.register(async (scope) => {
    await scope.register(multipart, { throwFileSizeLimit: false })
    const forms = scope.withTypeProvider<ZodTypeProvider>()
    submissionRoutes(forms, context)
    estimate(forms, context)
  })
  await app.ready()
  return { app, routes }
}

import { JobFailure } from '@pdf-smaller/contracts'
import type { App, Context } from '../context.ts'
import { refuse } from '../http/refuse.ts'

type Documents = ReadonlyMap<string, string>

/**
 * What integrators build on: the schemas that events name as theirs, those of tasks and files, and the channels of the event
 * store. They are made when somebody asks.
 */
export function schemas(app: App, context: Context): void {
  const hidden = { config: { access: 'open' as const } }
  let made: Promise<Documents> | undefined
  const make = async () =>
    (await import('../published/documents.ts')).publishedDocuments([...context.tasks.values()])
  const documents = () => (made ??= make())
  app.get('/asyncapi.json', hidden, async (_, reply) =>
    reply
      .header('content-type', 'application/json; charset=utf-8')
      .send((await documents()).get('/asyncapi.json')),
  )
  app.get('/schemas', hidden, async (_, reply) => {
    const paths = [...(await documents()).keys()].filter((path) => path.startsWith('/schemas/'))
    return reply
      .header('content-type', 'application/json; charset=utf-8')
      .send(JSON.stringify({ schemas: paths }))
  })
  app.get<{ Params: { kind: string; file: string } }>(
    '/schemas/:kind/:file',
    hidden,
    async (request, reply) => {
      const { kind, file } = request.params
      const schema = (await documents()).get(`/schemas/${kind}/${file}`)
      if (schema === undefined) return refuse(context, new JobFailure('unknown_route'), request, reply)
      return reply.header('content-type', 'application/schema+json; charset=utf-8').send(schema)
    },
  )
}

import { createReadStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { App, Context } from '../context.ts'
import { baseOf } from '../jobs/answer.ts'
import type { ServedRoute } from '../http/admit.ts'

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>PDF Smaller API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="api"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`
const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#api', deepLinking: true, tryItOutEnabled: true })\n`

const policy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"

const assets = { 'swagger-ui-bundle.js': 'text/javascript', 'swagger-ui.css': 'text/css' } as const

/**
 * The API's description and a page to read and try it. The page's files are read from the disk when they are asked
 * for, so a gateway that nobody reads about holds none of it.
 */
export function docs(app: App, { config, tasks }: Context, served: readonly ServedRoute[]): void {
  const hidden = { config: { access: 'open' as const } }
  let description: Promise<string> | undefined
  const describe = async () => {
    // What makes it is only loaded when it is asked for.
    const { describeApi } = await import('../openapi/document.ts')
    const routes = served.flatMap(({ route }) => route ?? [])
    return describeApi({ routes, tasks: [...tasks.values()], publicUrl: baseOf(config) || undefined })
  }
  app.get('/openapi.json', hidden, async (_, reply) => {
    description ??= describe()
    return reply.header('content-type', 'application/json; charset=utf-8').send(await description)
  })
  app.get('/docs', hidden, (_, reply) => {
    void reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', policy)
      .send(page)
  })
  app.get('/docs/start.js', hidden, (_, reply) => {
    void reply.header('content-type', 'text/javascript; charset=utf-8').send(start)
  })
  for (const [name, type] of Object.entries(assets)) {
    app.get(`/docs/${name}`, hidden, (_, reply) => {
      const file = fileURLToPath(import.meta.resolve(`@fastify/swagger-ui/static/${name}`))
      return reply
        .header('content-type', `${type}; charset=utf-8`)
        .header('cache-control', 'max-age=86400')
        .send(createReadStream(file))
    })
  }
}

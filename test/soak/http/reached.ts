import { readFile } from 'node:fs/promises'
import { z } from 'zod'

const Archive = z.object({
  log: z.object({
    entries: z.array(
      z.object({
        request: z.object({ method: z.string(), url: z.string() }),
        response: z.object({ status: z.number() }),
      }),
    ),
  }),
})

const Document = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })

/**
 * The operations of an OpenAPI document of which no request of an HTTP Archive (HAR 1.2) has succeeded: what is said to
 * hold for them was not looked at.
 */
export async function notReached(document: unknown, archive: string): Promise<string[]> {
  const { log } = Archive.parse(JSON.parse(await readFile(archive, 'utf8')))
  const good = log.entries.filter(({ response }) => response.status >= 200 && response.status < 400)
  const operations = Object.entries(Document.parse(document).paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
  )
  return operations
    .filter(({ method, path }) => {
      const shape = new RegExp(`^${path.replaceAll(/{\w+}/g, '[^/]+')}$`)
      return !good.some(
        ({ request }) => request.method === method && shape.test(new URL(request.url).pathname),
      )
    })
    .map(({ method, path }) => `${method} ${path}`)
}

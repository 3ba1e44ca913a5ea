import { createHash } from 'node:crypto'
import { JobFailure } from '@pdf-smaller/contracts'
import { builtPage, documentAskingForKey } from '@pdf-smaller/web/built'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App, Context } from '../context.ts'
import { codingsTaken } from '../http/compress.ts'
import { matches } from '../http/etag.ts'
import { refuse } from '../http/refuse.ts'
import { type BuiltFile, builtFiles } from './built-files.ts'

/**
 * What the page may do (Content Security Policy Level 3): load what comes from here, and nothing written into it but the
 * scripts that it was built with. `blob:` are pictures that were fetched with a key; its one policy of trusted types starts its
 * worker.
 */
const policyWith = (scripts: readonly string[]) =>
  [
    "default-src 'none'",
    ["script-src 'self'", ...scripts.map((script) => `'sha256-${sha256(script, 'base64')}'`)].join(' '),
    "style-src 'self'",
    "img-src 'self' blob:",
    "connect-src 'self'",
    "worker-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types page-worker',
  ].join('; ')

const sha256 = (content: string | Buffer, encoding: 'base64' | 'base64url') =>
  createHash('sha256').update(content).digest(encoding)

/** The scripts that stand in a document themselves. */
const scriptsIn = (html: string): string[] =>
  [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, script = '']) => script)

const always = (policy: string) => ({
  'content-security-policy': policy,
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
})

const notBuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>PDF Smaller</title>
<h1>The page was not built</h1>
<p>The service works, and its API is described at <a href="/docs">/docs</a>.
To have the page, run <code>npm run build:web</code> and start the service again; <code>npm start</code> does both.</p>
</html>
`

/** The page for people, at `/`. @param folder where it was built */
export async function page(app: App, context: Context, folder = builtPage): Promise<void> {
  const hidden = { config: { access: 'open' as const } }
  const files = await builtFiles(folder)
  const asking = context.keys && files?.get(documentAskingForKey)
  const index = asking ?? files?.get('index.html')
  const tag = index && `"${sha256(index.plain, 'base64url').slice(0, 16)}"`
  const headers = always(policyWith(index ? scriptsIn(index.plain.toString()) : []))
  app.get('/', hidden, (request, reply) => {
    void reply.headers({ ...headers, 'cache-control': 'no-cache' })
    if (!index || !tag) return reply.code(503).type('text/html; charset=utf-8').send(notBuilt)
    void reply.header('etag', tag)
    if (matches(request.headers['if-none-match'], tag)) return reply.code(304).send()
    return send(index, request, reply)
  })
  app.get<{ Params: { file: string } }>('/assets/:file', hidden, (request, reply) => {
    const file = files?.get(`assets/${request.params.file}`)
    if (!file) return refuse(context, new JobFailure('unknown_route'), request, reply)
    // Its name bears the hash of what is in it.
    void reply.headers({ ...headers, 'cache-control': 'public, max-age=31536000, immutable' })
    return send(file, request, reply)
  })
}

function send(
  { contentType, packed, plain }: BuiltFile,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const takes = codingsTaken(request.headers['accept-encoding'])
  const [coding, content] = packed.find(([name]) => takes(name)) ?? []
  void reply.headers({ 'content-type': contentType, vary: 'accept-encoding' })
  if (coding) void reply.header('content-encoding', coding)
  return reply.send(content ?? plain)
}

import type { ServerResponse } from 'node:http'
import { type JobView, type ObjectRef, PageWords } from '@pdf-smaller/contracts'
import { getPagePicture, getPages, getPageWords, PageList, pictureWidths } from '@pdf-smaller/contracts/http'
import type { Asker } from '@pdf-smaller/page-views'
import type { Caller } from '../../access/caller.ts'
import type { App, Context } from '../../context.ts'
import { matches } from '../../http/etag.ts'
import { leaving } from '../../http/leaving.ts'
import { serve } from '../../http/serve.ts'
import { findJob } from '../../jobs/find.ts'
import { openPageCache } from '../../jobs/pages/page-cache.ts'
import { placedFile, shownFile } from '../../jobs/pages/shown-file.ts'

/** How pages are drawn and read; what was made in another way has other ETags, and is not taken from what is kept. */
const way = 1

/** Pages of the files of jobs, drawn and read in hosts. */
export function pages(app: App, context: Context): void {
  const cache = openPageCache(context)
  const keptJson = async <T>(of: { job: JobView; file: ObjectRef }, name: string, make: () => Promise<T>) => {
    const kept = { ...of, name: `${name}-${way}.json`, contentType: 'application/json' }
    const text = await cache.get(kept, async () => Buffer.from(JSON.stringify(await make())))
    const parsed: unknown = JSON.parse(text.toString('utf8'))
    return parsed
  }
  serve(app, getPages, async (request, reply) => {
    const { id, file: place } = request.params
    const found = await find(context, request.caller, request.params)
    const { etag, headers } = validators(found.file, 'pages')
    void reply.headers(headers)
    if (matches(request.headers['if-none-match'], etag)) return void reply.code(304).send()
    const shown = shownFile(context, found.file)
    const look = () => context.pages.look(shown, asker(context, request.caller, reply.raw))
    const { name, contentType, size } = found.file
    const told = Object.assign({}, await keptJson(found, 'pages', look))
    void reply.send(PageList.parse({ ...told, jobId: id, file: place, name, contentType, size }))
  })
  serve(app, getPageWords, async (request, reply) => {
    const { page } = request.params
    const found = await find(context, request.caller, request.params)
    const { etag, headers } = validators(found.file, `words-${page}`)
    void reply.headers(headers)
    if (matches(request.headers['if-none-match'], etag)) return void reply.code(304).send()
    const shown = shownFile(context, found.file)
    const words = () => context.pages.words(shown, page, asker(context, request.caller, reply.raw))
    void reply.send(PageWords.parse(await keptJson(found, `${page}-words`, words)))
  })
  serve(app, getPagePicture, async (request, reply) => {
    const { page } = request.params
    const width = pictureWidths.find((each) => each >= request.query.width) ?? 4096
    const found = await find(context, request.caller, request.params)
    const { etag, headers } = validators(found.file, `${page}-${width}`)
    void reply.headers(headers)
    if (matches(request.headers['if-none-match'], etag)) return void reply.code(304).send()
    const shown = shownFile(context, found.file)
    const kept = { ...found, name: `${page}-${width}-${way}.webp`, contentType: 'image/webp' }
    const draw = () => context.pages.draw(shown, { page, width }, asker(context, request.caller, reply.raw))
    const picture = await cache.get(kept, draw)
    void reply.header('content-type', 'image/webp').send(picture)
  })
}

async function find(
  context: Context,
  { tenant }: Caller,
  { id, file }: { id: string; file: string },
): Promise<{ job: JobView; file: ObjectRef }> {
  const job = await findJob(context, tenant, id)
  return { job, file: placedFile(job, file) }
}

/** A drawing is what its file and the way of drawing make it, so it is told from others before it is there. */
function validators({ sha256 }: ObjectRef, what: string) {
  const etag = `"${sha256.slice(0, 32)}-${what}-${way}"`
  const headers = { etag, 'cache-control': 'private, no-cache', 'content-security-policy': 'sandbox' }
  return { etag, headers }
}

const asker = (context: Context, { id, tenant }: Caller, answer: ServerResponse): Asker => ({
  caller: `${tenant}/${id}`,
  signal: leaving(context, answer),
})

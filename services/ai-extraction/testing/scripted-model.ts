import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { z } from 'zod'

const Content = z.union([
  z.string(),
  z.array(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('text'), text: z.string() }),
      z.object({ type: z.literal('image_url'), image_url: z.object({ url: z.string() }) }),
    ]),
  ),
])

/** A question as the server was asked it. */
const Asked = z.looseObject({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: Content })),
  response_format: z.object({
    type: z.literal('json_schema'),
    json_schema: z.looseObject({ name: z.string(), strict: z.literal(true) }),
  }),
})
export type Asked = z.infer<typeof Asked>

/** What the server does with a question. */
export type Turn = (asked: Asked, response: ServerResponse) => void

export type ScriptedModel = {
  /** Its address, with `/v1`. */
  url: string
  /** What it was asked, in order, with the headers that count. */
  asked: (Asked & { authorization: string | undefined })[]
  /** Takes these turns next, one for each question; the last goes on for good. */
  plays: (...turns: Turn[]) => void
  /** Resolves when a client has gone away in the middle of a question. */
  abandoned: () => Promise<void>
  close: () => void
}

/**
 * An OpenAI-compatible server that understands nothing: it answers each question by a script. It stands in for a model in
 * tests of all that happens around one.
 */
export async function startScriptedModel(): Promise<ScriptedModel> {
  let turns: Turn[] = []
  const asked: ScriptedModel['asked'] = []
  const gone = Promise.withResolvers<void>()
  const server = createServer((request, response) => {
    void (async () => {
      if (request.url?.endsWith('/models')) return json(response, 200, { data: [{ id: 'scripted' }] })
      const question = Asked.parse(JSON.parse(await bodyOf(request)))
      asked.push({ ...question, authorization: request.headers.authorization })
      response.once('close', () => {
        if (!response.writableFinished) gone.resolve()
      })
      const turn = turns.length > 1 ? turns.shift() : turns[0]
      if (!turn) throw new Error('the model has no script')
      return turn(question, response)
    })().catch((error: unknown) => json(response, 500, { error: { message: String(error) } }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    asked,
    plays: (...next) => {
      turns = next
    },
    abandoned: () => gone.promise,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

function json(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

type Said = { finish?: string; refusal?: string; usage?: object | null }

/** All text that was asked, whatever it was put into. */
export const textOf = ({ messages }: Asked): string =>
  messages
    .flatMap(({ content }) =>
      typeof content === 'string'
        ? [content]
        : content.flatMap((part) => (part.type === 'text' ? [part.text] : [])),
    )
    .join('\n')

/** As many tokens as a usual tokeniser finds, about. */
const tokensIn = (text: string) => Math.ceil(text.length / 3)

/** Answers with text, or with an object as JSON. */
export const answers =
  (what: object | string, { finish = 'stop', refusal, usage }: Said = {}): Turn =>
  (asked, response) => {
    const content = typeof what === 'string' ? what : JSON.stringify(what)
    const counted = { prompt_tokens: tokensIn(textOf(asked)), completion_tokens: tokensIn(content) }
    const message = refusal ? { role: 'assistant', content: null, refusal } : { role: 'assistant', content }
    json(response, 200, {
      id: 'scripted',
      object: 'chat.completion',
      created: 0,
      model: asked.model,
      choices: [{ index: 0, message, finish_reason: finish }],
      ...(usage === null ? {} : { usage: usage ?? counted }),
    })
  }

/** Answers each part of a document by its name. */
export const answersByPart =
  (parts: Record<string, object | string>): Turn =>
  (asked, response) => {
    const { name } = asked.response_format.json_schema
    answers(parts[name] ?? '')(asked, response)
  }

/** Fails with a status. */
export const fails =
  (status: number, headers: Record<string, string> = {}, error: object = { message: 'no' }): Turn =>
  (_, response) =>
    json(response, status, { error }, headers)

/** Never answers. */
export const hangs: Turn = () => {}

/** Begins its answer, and never comes to its end. */
export const drips: Turn = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write('{"id":')
}

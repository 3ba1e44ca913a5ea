import type { ObjectRef } from '@pdf-smaller/contracts'
import { getFile, getResult, headFile, headResult } from '@pdf-smaller/contracts/http'
import type { App, Context } from '../../context.ts'
import { serve } from '../../http/serve.ts'
import { fileName } from '../../jobs/answer.ts'
import { openDownload } from '../../jobs/download.ts'

/** The outputs of jobs, and what is to be known of them without fetching them. */
export function files(app: App, context: Context): void {
  // Before GET, which would else bring a HEAD of its own that opens the file.
  serve(app, headResult, async (request, reply) => {
    const { status } = await openDownload(context, request, reply, main)
    void reply.code(status).send()
  })
  serve(app, getResult, async (request, reply) => {
    const { status, content } = await openDownload(context, request, reply, main)
    void reply.code(status).send(content)
  })
  serve(app, headFile, async (request, reply) => {
    const { status } = await openDownload(context, request, reply, named(request.params.name))
    void reply.code(status).send()
  })
  serve(app, getFile, async (request, reply) => {
    const { status, content } = await openDownload(context, request, reply, named(request.params.name))
    void reply.code(status).send(content)
  })
}

type Outputs = readonly ObjectRef[]

/** While a job runs, what is there first is not what will be first in the end. */
const main = ([first]: Outputs, isDone: boolean) => (isDone ? first : undefined)

const named = (name: string) => (outputs: Outputs) =>
  outputs.find((output) => fileName(output) === name) ?? outputs.find((output) => output.name === name)

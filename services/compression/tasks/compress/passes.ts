import { stat } from 'node:fs/promises'
import path from 'node:path'
import { distill, rewrite } from '@pdf-smaller/engines'
import type { TaskContext } from '@pdf-smaller/worker/task'
import type { InspectedDocument } from './inspect.ts'
import type { Settings } from './levels.ts'
import { rewriteStreams } from './surgical/rewrite.ts'
import type { Options } from './task.ts'

/** A smaller file that may win. */
export type Candidate = { name: string; path: string; bytes: number }

/** A way to make a document smaller. */
export type CompressionPass = {
  name: string
  /** Whether its engine draws the pages: they are first read under a time limit. */
  draws: boolean
  /** Why it must not be tried on this document; undefined when it may. */
  unfit: (document: InspectedDocument) => string | undefined
  make: (document: InspectedDocument, settings: Settings, context: TaskContext<Options>) => Promise<Candidate>
}

/** All passes, in the order in which they are tried. */
export const passes: readonly CompressionPass[] = [
  {
    name: 'images-and-streams',
    draws: false,
    unfit: () => undefined,
    make: (document, settings, context) =>
      candidate(context, 'images-and-streams', (output) =>
        rewriteStreams(document, output, settings, context),
      ),
  },
  {
    name: 'object-streams',
    draws: false,
    unfit: () => undefined,
    make: (document, _settings, context) =>
      candidate(context, 'object-streams', (output) => rewrite(document.path, output, context.engine)),
  },
  {
    name: 'ghostscript',
    draws: true,
    unfit: ({ features }) => whyGhostscriptHarms(features),
    make: (document, { dpi, quality }, context) =>
      candidate(context, 'ghostscript', async (output) => {
        const drawn = path.join(context.workspace, 'drawn.pdf')
        await distill(document.path, drawn, context.engine, { dpi, quality })
        // It writes no object streams itself.
        await rewrite(drawn, output, context.engine)
      }),
  },
]

/** Ghostscript draws pages anew; what is not drawn is lost or changed (measured on forms, tags, attachments, links). */
function whyGhostscriptHarms({ fields, tagged, attachments, layers, links }: InspectedDocument['features']) {
  const harmed = [
    fields > 0 && 'form fields',
    tagged && 'tags',
    attachments > 0 && 'attachments',
    layers && 'layers',
    links > 0 && 'links',
  ].filter((each) => each !== false)
  return harmed.length > 0 ? `it would harm the ${harmed.join(', ')}` : undefined
}

async function candidate(
  { workspace }: TaskContext<Options>,
  name: string,
  make: (output: string) => Promise<unknown>,
): Promise<Candidate> {
  const output = path.join(workspace, `${name}.pdf`)
  await make(output)
  return { name, path: output, bytes: (await stat(output)).size }
}

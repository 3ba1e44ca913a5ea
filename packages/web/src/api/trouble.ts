import type { Problem as ProblemDocument } from '@pdf-smaller/contracts/http'
import { t } from '../texts/index.ts'
import { partOf, z } from './parts.ts'

const Problem = partOf<ProblemDocument>()(
  z.object({
    title: z.string(),
    detail: z.string(),
    code: z.string(),
    retryable: z.boolean(),
    traceId: z.optional(z.string()),
  }),
)

/** What went wrong with a request, as it is told: what failed, why and what to do. */
export class Trouble extends Error {
  override readonly name = 'Trouble'
  readonly title: string
  /** Stable; `unreachable` and `strange` where the service itself has not answered. */
  readonly code: string
  /** The same request may succeed later. */
  readonly retryable: boolean
  readonly traceId: string | undefined

  constructor(told: {
    title: string
    detail: string
    code: string
    retryable: boolean
    traceId?: string | undefined
  }) {
    super(told.detail)
    this.title = told.title
    this.code = told.code
    this.retryable = told.retryable
    this.traceId = told.traceId
  }
}

/** What the page itself has to tell, in the form of what the service tells: it begins with what failed. */
const ownTrouble = (title: string, why: string, code: string, retryable: boolean) =>
  new Trouble({ title, detail: `${title}. ${why}`, code, retryable })

/** Nobody has answered, or the answer broke off. */
export function unreachable(): Trouble {
  const { unreachable: title, unreachableWhy: why } = t.value.trouble
  return ownTrouble(title, why, 'unreachable', true)
}

/** The browser cannot read what was chosen. */
export function unreadable(): Trouble {
  const { unreadable: title, unreadableWhy: why } = t.value.trouble
  return ownTrouble(title, why, 'unreadable', false)
}

/** An answer that is no success, by its status and its body. */
export function troubleOf(status: number, body: string): Trouble {
  const parsed = Problem.safeParse(jsonOf(body))
  return parsed.success
    ? new Trouble(parsed.data)
    : strangeAnswer(t.value.trouble.strangeWhy(status), status >= 500)
}

/** An answer that the service does not give. */
export function strangeAnswer(why = t.value.trouble.strangeParts, retryable = false): Trouble {
  return ownTrouble(t.value.trouble.strange, why, 'strange', retryable)
}

/** Whatever was thrown, as what is told of it. */
export function asTrouble(error: unknown): Trouble {
  if (error instanceof Trouble) return error
  const why = error instanceof Error ? error.message : String(error)
  return ownTrouble(t.value.trouble.bug, why, 'page_bug', false)
}

/** The value of a JSON text; undefined for any other text. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

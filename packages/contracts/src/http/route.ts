import { z } from 'zod'
import type { FailureCode } from '../failure.ts'
import { eachBody, eachCaller, eachRequest, whateverBringsWork } from './endings.ts'

/** What an API key may do. */
export const Scope = z.enum(['submit', 'read', 'admin'])
export type Scope = z.infer<typeof Scope>

/** The groups that the operations are shown in. */
export const tags = {
  Jobs: 'Requesting jobs, following them, and what is left of them.',
  Events: 'Every event of the tenant, for those who follow all of its jobs.',
  Webhooks: 'Events sent to addresses of your own, signed.',
  Files: 'What jobs have made.',
  Extractions: 'What was read out of documents: told, compared and corrected.',
  Uploads: 'Files that are sent apart from their jobs, and may serve several.',
  Estimates: 'What a job would bring, before there is one.',
  Tasks: 'What the service can do.',
  Operations: 'For those who run the service.',
} as const

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE'

/** An answer that is no problem; without a schema it has no body. */
export type Answer = {
  description: string
  schema?: z.ZodType
  /** JSON where it is not named. */
  contentType?: string
}

/** An operation of the HTTP API: what the gateway serves and checks, clients call, and the documentation shows. */
export type Route = {
  /** The name of the operation, which generated clients call it by. */
  id: string
  method: Method
  /** Parameters stand in it as `:name`. */
  path: string
  /** The scope that it asks for; `open` asks for no key. */
  access: Scope | 'open'
  tag: keyof typeof tags
  summary: string
  description: string
  params?: z.ZodObject
  querystring?: z.ZodObject
  headers?: z.ZodObject
  /** JSON. */
  body?: z.ZodType
  /** What it takes beside JSON, by content type. */
  bodies?: Record<string, z.ZodType>
  answers: Record<number, Answer>
  /** It is asked for by browsers that cannot send a key, so its parameter `token` may hold a stream token. */
  takesToken?: true
  /** It is refused while the service has more to do than it can. */
  bringsWork?: true
  /** What a request may end in beside what any may end in. */
  endings: readonly FailureCode[]
  /** The failures of jobs that it answers with as its own. */
  jobEndings?: readonly FailureCode[]
}

/** The value that a route answers with as JSON, or as what its schema says. */
export type AnswerOf<R extends Route> = {
  [S in keyof R['answers']]: R['answers'][S] extends { schema: infer T extends z.ZodType }
    ? z.output<T>
    : never
}[keyof R['answers']]

/** Every code that a request of a route may end in. */
export function endingsOf({ access, method, bringsWork, endings }: Route): readonly FailureCode[] {
  const caller = access === 'open' ? [] : eachCaller
  const body = method === 'GET' || method === 'HEAD' ? [] : eachBody
  const work = bringsWork ? whateverBringsWork : []
  return [...new Set([...eachRequest, ...caller, ...work, ...body, ...endings])]
}

/** The address of a route with its parameters filled in. */
export function filledPath(
  { path }: Pick<Route, 'path'>,
  params: Readonly<Record<string, string>> = {},
): string {
  return path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
}

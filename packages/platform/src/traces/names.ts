/**
 * The names of all spans and of their attributes. Those of others follow the semantic conventions 1.45 of OpenTelemetry: the ones
 * for HTTP are stable, those for messaging and for programs are in development. What begins with `pdf_smaller` is our own.
 * A value is a number or a word out of few, or an id: never an option, the name of a file, or what a document says.
 */
export const spanNames = {
  /** @param route its template; a request that no route takes has none */
  request: (method: string, route: string | undefined) => (route ? `${method} ${route}` : method),
  /** Events are stored. @param stream where */
  send: (stream: string) => `send ${stream}`,
  /** An attempt at a job. @param stream where its message came from */
  process: (stream: string) => `process ${stream}`,
  /** Of an attempt: its files are brought, while the process that it runs in is found. */
  fetch: 'fetch',
  /** Of an attempt: its task works. */
  run: (task: string) => `run ${task}`,
  /** Of an attempt: what it has made is stored. */
  upload: 'upload',
  /** Of an attempt: how it went is decided and stored. */
  outcome: 'outcome',
  /** A run of an engine. @param program its name, where it looks like one */
  engine: (program: string) => (/^[\w.+-]{1,40}$/.test(program) ? program : 'engine'),
} as const

export const attributeNames = {
  /** Why it failed: a code of `failures.ts`, or the class of an error that has none. */
  errorType: 'error.type',

  method: 'http.request.method',
  route: 'http.route',
  status: 'http.response.status_code',

  system: 'messaging.system',
  operation: 'messaging.operation.name',
  operationType: 'messaging.operation.type',
  destination: 'messaging.destination.name',
  destinationTemplate: 'messaging.destination.template',
  consumer: 'messaging.consumer.group.name',
  messageId: 'messaging.message.id',
  messages: 'messaging.batch.message_count',

  program: 'process.executable.name',
  exitCode: 'process.exit.code',

  tenant: 'pdf_smaller.tenant',
  task: 'pdf_smaller.task',
  job: 'pdf_smaller.job.id',
  attempt: 'pdf_smaller.job.attempt',
  /** What the job is after the attempt, or why that counts no more. */
  outcome: 'pdf_smaller.job.status',
  /** How often engines ran, the runs without a span of their own included. */
  engineRuns: 'pdf_smaller.engine.runs',
  peakBytes: 'pdf_smaller.engine.peak_bytes',
} as const

/** The methods that the conventions name; any other is `_OTHER`, lest a stranger makes up names. */
const knownMethods = new Set('CONNECT DELETE GET HEAD OPTIONS PATCH POST PUT QUERY TRACE'.split(' '))

export const methodName = (method: string): string => (knownMethods.has(method) ? method : '_OTHER')

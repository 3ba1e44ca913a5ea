/** A reader whose place the server keeps, one for all processes that share its name. */
export type ChannelConsumer = {
  name: string
  filters: readonly string[]
  /**
   * How long a message stays out before each redelivery, s, until it is done with; `lost worker` is that row of the retry
   * matrix, with an end.
   */
  waits: 'lost worker' | readonly number[]
}

/** A stream as those see it who write to it or read from it. */
export type Channel = {
  stream: string
  holds: string
  subjects: readonly string[]
  /** What is in memory ends with a server that stands alone. */
  storage: 'file' | 'memory'
  /** How long a message is kept, s; absent where that is not a matter of time. */
  keptSeconds?: number
  /** Whether the deployment may keep its messages for another time. */
  keptAsTold?: true
  /** Only the newest message of each subject is kept. */
  newestOnly: boolean
  /** So many of each subject are kept at most. */
  mostOfEach?: number
  /** It is appended to as events are: with expectations, in batches, and with schedules. */
  appended?: true
  /** What it holds may be lost, so that the stream may be made anew where the server cannot change it. */
  expendable: boolean
  /** Whether a reader may begin at any message that is kept, as one who was away or comes later does. */
  replay: boolean
  /** What is stored here is published there as well, for whoever listens at that moment. */
  republished?: { from: string; to: string }
  writers: readonly string[]
  readers: readonly string[]
  /** Of its messages, beside those that the server adds when they are read. */
  headers: readonly string[]
  consumers: readonly ChannelConsumer[]
  /** The step makes it, or whoever needs it, as long as there is room. */
  madeBy: 'step' | 'need'
}

import type { Checkpoint } from '../checkpoint.ts'
import { type Follower, type Following, hand } from '../follow.ts'
import { type Decode, idIn, type Identified, read } from '../recorded.ts'
import type { Log } from './log.ts'
import { payloadOf } from './messages.ts'

/** Follows a log from any point, for good. Nothing is told before whoever calls has gone on. */
export function followLog<E extends Identified>(
  log: Log,
  history: string,
  decode: Decode<E>,
  follower: Follower<E>,
): Following {
  let place = follower.from.sequence
  let isPlaced = false
  let leave: (() => void) | undefined

  const tell = () => {
    const messages = log.behind(place, follower.filters)
    for (const message of messages) {
      if (!isPlaced) return
      place = message.sequence
      hand(follower, read(message.subject, message.sequence, payloadOf(message), decode))
    }
    if (messages.length > 0) follower.onCaughtUp?.(place)
  }
  const begin = () => {
    if (stopped) return
    if (!isPart(log, history, follower.from)) {
      place = 0
      follower.onBegin(history, log.last())
    }
    isPlaced = true
    follower.onPlaced?.()
    leave = log.onStored(tell)
    if (log.behind(place, follower.filters).length === 0) follower.onCaughtUp?.(place)
    else tell()
  }
  let stopped = false
  queueMicrotask(begin)
  return {
    isPlaced: () => isPlaced,
    stop: () => {
      stopped = true
      isPlaced = false
      leave?.()
    },
  }
}

function isPart(log: Log, history: string, { sequence, history: own, newest }: Checkpoint): boolean {
  if (own !== history || sequence > log.last()) return false
  return !newest || idIn(log.at(newest.sequence)?.payload) === newest.id
}

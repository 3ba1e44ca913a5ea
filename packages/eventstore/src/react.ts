import type { Delivery } from './delivery.ts'
import type { Poison, Recorded } from './recorded.ts'

/** How a reader handles the messages that a durable consumer gives out. */
export type Reaction<E> = {
  /**
   * Handles one event. The message is done with when it resolves, unless with `again`: then, and when it throws, the message
   * stays out, and is given out again after the consumer's wait.
   */
  handle: (recorded: Recorded<E>, delivery: Delivery<E>) => Promise<void | 'again'>
  /** Told of a message that is no event; it is done with. */
  onPoison: (poison: Poison) => void
  /** Told of what `handle` throws. */
  onError: (error: unknown, delivery: Delivery<E>) => void
}

/** The one loop of all who consume: read, handle, acknowledge. */
export function reactTo<E>({
  handle,
  onPoison,
  onError,
}: Reaction<E>): (delivery: Delivery<E>) => Promise<void> {
  return async (delivery) => {
    const { reading, ack } = delivery
    if (!reading.ok) {
      onPoison(reading.poison)
      return ack()
    }
    try {
      if ((await handle(reading.recorded, delivery)) !== 'again') ack()
    } catch (error) {
      onError(error, delivery)
    }
  }
}

import * as z from 'zod/mini'

// The Content-Security-Policy lets nothing be compiled from texts, and the attempt would be reported.
z.config({ jitless: true })

/**
 * The part of a contract's value that the page reads. That it takes whatever the contract gives is held by the types alone:
 * the contract itself, with all of zod, is not loaded.
 */
export const partOf =
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it is named, and never inferred
  <Contract>() =>
    <Schema extends z.ZodMiniType>(
      schema: Schema &
        (Contract extends z.input<Schema> ? unknown : 'it asks for more than the contract gives'),
    ): Schema =>
      schema

export { z }

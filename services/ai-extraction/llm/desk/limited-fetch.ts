/** Answers are some kilobytes; what is longer is no answer. */
const mostBytes = 16 * 2 ** 20

export class EndlessAnswer extends Error {}

/** Fetches as usual, but ends an answer that is too long. */
export const limitedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  if (!response.body) return response
  let bytes = 0
  const limited = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        bytes += chunk.length
        if (bytes > mostBytes) controller.error(new EndlessAnswer('the answer of the model has no end'))
        else controller.enqueue(chunk)
      },
    }),
  )
  const { status, statusText, headers } = response
  return new Response(limited, { status, statusText, headers })
}

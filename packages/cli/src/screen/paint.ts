import { styleText } from 'node:util'

/** Colours a text, or leaves it as it is. */
export type Paint = (format: 'green' | 'red' | 'cyan' | 'yellow' | 'dim' | 'bold', text: string) => string

/** Colours where the stream is a terminal that shows them and NO_COLOR is not set. */
export function painter(stream: NodeJS.WriteStream): Paint {
  return (format, text) => styleText(format, text, { stream })
}

/** Leaves texts as they are. */
export const plain: Paint = (_, text) => text

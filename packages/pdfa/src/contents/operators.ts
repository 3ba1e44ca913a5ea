import { type Operand, type Operation, isOperator, operationsIn } from '@pdf-smaller/pdf'
import { renderingIntents } from './usage.ts'

/** What a content stream asks for, in its own names. */
export type Requests = {
  /** Names of fonts of text that is seen. */
  texts: string[]
  /** Forms and images, with the rendering mode at that place. */
  drawn: { name: string; mode: number }[]
  states: Set<string>
  patterns: Set<string>
  /** Whether resources are used at all. */
  needsResources: boolean
  cmyk: boolean
  broken: { clause: string; says: string }[]
}

/** Graphics states are nested no deeper (6.1.13). */
const mostNested = 28
const invisible = 3
const showing = new Set(['Tj', 'TJ', "'", '"'])
const needing = new Set(['Tf', 'Do', 'gs', 'cs', 'CS', 'scn', 'SCN', 'sh', 'BDC', 'DP'])

type State = { font: string; mode: number }

/** Reads what a content stream uses. `mode` is the rendering mode of text at its beginning. */
export function requestsOf(content: Uint8Array, mode: number): Requests {
  const requests: Requests = {
    texts: [],
    drawn: [],
    states: new Set(),
    patterns: new Set(),
    needsResources: false,
    cmyk: false,
    broken: [],
  }
  const shown = new Set<string>()
  const saved: State[] = []
  let state: State = { font: '', mode }
  for (const operation of operationsIn(content)) {
    if (operation.kind !== 'operator') {
      if (operation.kind === 'unknown')
        requests.broken.push({ clause: '6.2.2', says: 'contents can be read in part only' })
      continue
    }
    const { operator } = operation
    if (operator === 'q' && saved.push(state) === mostNested + 1)
      requests.broken.push({ clause: '6.1.13', says: `more than ${mostNested} graphics states are saved` })
    if (operator === 'Q') state = saved.pop() ?? state
    state = changed(state, operation)
    if (showing.has(operator) && state.mode !== invisible && !shown.has(state.font)) {
      shown.add(state.font)
      requests.texts.push(state.font)
    }
    readResources(operation, state.mode, requests)
    readColours(content, operation, requests)
  }
  return requests
}

type Operator = Extract<Operation, { kind: 'operator' }>

function changed(state: State, { operator, operands: [first] }: Operator): State {
  if (operator === 'Tf') return { ...state, font: nameIn(first) ?? '' }
  if (operator === 'Tr') return { ...state, mode: first?.kind === 'number' ? first.value : 0 }
  return state
}

function readResources({ operator, operands }: Operator, mode: number, requests: Requests): void {
  const name = nameIn(operands.at(-1))
  if (needing.has(operator) && (name ?? nameIn(operands[0])) !== undefined) requests.needsResources = true
  if (name === undefined) return
  if (operator === 'Do') requests.drawn.push({ name, mode })
  if (operator === 'gs') requests.states.add(name)
  if (operator === 'scn' || operator === 'SCN') requests.patterns.add(name)
}

function readColours(
  content: Uint8Array,
  { operator, operands, start, end }: Operator,
  requests: Requests,
): void {
  const name = nameIn(operands.at(-1))
  switch (operator) {
    case 'k':
    case 'K':
      requests.cmyk = true
      break
    case 'cs':
    case 'CS':
      if (name === '/DeviceCMYK') requests.cmyk = true
      break
    case 'ri':
      if (!renderingIntents.includes(name))
        requests.broken.push({ clause: '6.2.6', says: `there is no rendering intent ${name}` })
      break
    case 'BI':
      readInlineImage(Buffer.from(content.subarray(start, end)).toString('latin1'), operands, requests)
      break
    default:
      if (!isOperator(operator))
        requests.broken.push({ clause: '6.2.2', says: `there is no operator ${operator.slice(0, 20)}` })
  }
}

function readInlineImage(source: string, operands: readonly Operand[], requests: Requests): void {
  const head = source.slice(0, source.search(/\bID\b/))
  const names = operands.flatMap((each) => (each.kind === 'items' ? each.items : [each])).map(nameIn)
  if (names.includes('/CMYK') || names.includes('/DeviceCMYK')) requests.cmyk = true
  if (/\/(I|Interpolate)\s+true\b/.test(head))
    requests.broken.push({ clause: '6.2.8', says: 'an image within contents is interpolated' })
  if (names.includes('/LZW') || names.includes('/LZWDecode'))
    requests.broken.push({ clause: '6.1.10', says: 'an image within contents is packed with LZW' })
}

const nameIn = (operand: Operand | undefined) => (operand?.kind === 'name' ? operand.name : undefined)

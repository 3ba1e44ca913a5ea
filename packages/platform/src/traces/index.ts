export { attributeNames, methodName, spanNames } from './names.ts'
export { ofJob, ofJobStream, sending } from './send.ts'
export {
  activeTraceparent,
  boundToSpan,
  inSpan,
  openSpan,
  type OpenSpan,
  type SpanOptions,
  tellSpan,
} from './spans.ts'
export { startTraces } from './start-traces.ts'
export { childTrace, traceId } from './traceparent.ts'

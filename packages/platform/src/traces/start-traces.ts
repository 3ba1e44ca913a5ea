import type { Log } from '../log.ts'
import { StartError } from '../start.ts'
import { traceSettings } from './otel-settings.ts'
import type { Teller } from './sdk.ts'
import { recordWith } from './spans.ts'

/** What waits when a service ends is sent for so long at most: whoever stops it waits for that. */
const longestFlushMs = 2000

/**
 * Has spans sent to the receiver that the environment names by the variables of OpenTelemetry. Without one nothing is loaded.
 * @returns sends what waits, and records no more
 * @throws StartError where the settings are wrong, or the SDK is not installed
 */
export async function startTraces(
  teller: Teller,
  environment: Record<string, string | undefined>,
  log: Log,
  flushMs = longestFlushMs,
): Promise<() => Promise<void>> {
  const settings = traceSettings(environment)
  if (!settings) return async () => {}
  const { startSdk } = await import('./sdk.ts').catch((cause: unknown) => {
    throw new StartError(
      'OTEL_EXPORTER_OTLP_ENDPOINT is set, and the OpenTelemetry SDK is not there. It is an optional dependency: install ' +
        'without --no-optional, or unset the variable.',
      { cause },
    )
  })
  const end = await startSdk(settings, teller, log)
  const { recorder } = await import('./recorder.ts')
  recordWith(recorder)
  return async () => {
    recordWith(undefined)
    await end(flushMs)
  }
}

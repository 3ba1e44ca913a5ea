import { Counter, Gauge, Histogram, Registry } from '@platformatic/prom-client'

const jobSeconds = [0.005, 0.02, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800]
const requestSeconds = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60]
const bytes = [16, 64, 128, 256, 512, 1024, 2048].map((mb) => mb * 1024 * 1024)

/** Everything that the services measure, in the format of Prometheus. One set for each process. */
export function openMetrics() {
  const registry = new Registry()
  const meters = openMeters(registry)
  return {
    registry,
    ...ofJobs(meters),
    ...ofRequests(meters),
    ...ofHealth(meters),
    ...ofModels(meters),
    projected: meters.gauge('pdf_projection_sequence', 'Sequence of the newest event in the projection', []),
    poison: meters.counter('pdf_poison_events_total', 'Stored messages that are no events', []),
  }
}
export type Metrics = ReturnType<typeof openMetrics>

type Meters = ReturnType<typeof openMeters>

function openMeters(registry: Registry) {
  const registers = [registry]
  const counter = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Counter({ name, help, labelNames, registers })
  const gauge = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Gauge({ name, help, labelNames, registers })
  const histogram = <L extends string>(name: string, help: string, labelNames: L[], buckets: number[]) =>
    new Histogram({ name, help, labelNames, buckets, registers })
  return { counter, gauge, histogram }
}

function ofJobs({ counter, gauge, histogram }: Meters) {
  const job: ('domain' | 'task')[] = ['domain', 'task']
  return {
    /** From the moment a job was put into the queue to the start of its attempt. */
    jobWait: histogram('pdf_job_wait_seconds', 'Wait of a job before its attempt', job, jobSeconds),
    jobRun: histogram('pdf_job_run_seconds', 'Run time of an attempt', [...job, 'outcome'], jobSeconds),
    attempts: counter('pdf_job_attempts_total', 'Attempts started', job),
    outcomes: counter('pdf_job_outcomes_total', 'Jobs ended, by outcome', [...job, 'outcome']),
    failures: counter('pdf_job_failures_total', 'Failed attempts, by code', [...job, 'code']),
    running: gauge('pdf_jobs_running', 'Attempts running now', ['domain']),
    lag: gauge('pdf_consumer_lag', 'Jobs that wait for a worker', ['domain']),
    engineRun: histogram('pdf_engine_run_seconds', 'Run time of an engine process', ['engine'], jobSeconds),
    engineMemory: histogram('pdf_engine_peak_bytes', 'Peak memory of an engine process', ['engine'], bytes),
  }
}

function ofRequests({ histogram }: Meters) {
  return {
    requests: histogram(
      'pdf_http_request_seconds',
      'HTTP requests',
      ['method', 'route', 'status'],
      requestSeconds,
    ),
  }
}

function ofHealth({ gauge }: Meters) {
  return {
    health: gauge('pdf_health', 'How a part is: 0 healthy, 1 degraded, 2 unhealthy', ['component']),
    streamMessages: gauge('pdf_stream_messages', 'Messages in a stream of the event store', ['stream']),
    streamBytes: gauge('pdf_stream_bytes', 'Bytes of a stream of the event store', ['stream']),
    integratorWaiting: gauge('pdf_event_consumer_waiting', 'Events that an integrator has not acknowledged', [
      'tenant',
      'consumer',
    ]),
    integratorBehind: gauge(
      'pdf_event_consumer_behind_seconds',
      'How long the oldest event that an integrator has not acknowledged is stored',
      ['tenant', 'consumer'],
    ),
    diskFree: gauge('pdf_disk_free_bytes', 'Free bytes on the disk of a folder', ['host', 'folder']),
    diskSize: gauge('pdf_disk_bytes', 'Size of the disk of a folder', ['host', 'folder']),
    engineInstalled: gauge(
      'pdf_engine_installed',
      'Whether a service has an engine: 1, or 0 if it lacks one',
      ['service', 'instance', 'engine'],
    ),
  }
}

function ofModels({ counter, histogram }: Meters) {
  return {
    llmRequests: histogram(
      'pdf_llm_request_seconds',
      'Questions to a language model, by what came of them',
      ['model', 'outcome'],
      requestSeconds,
    ),
    llmTokens: counter('pdf_llm_tokens_total', 'Tokens that language models were asked with and answered', [
      'model',
      'kind',
    ]),
    llmCost: counter('pdf_llm_cost_total', 'Cost of language models by the prices of the settings', [
      'model',
    ]),
  }
}

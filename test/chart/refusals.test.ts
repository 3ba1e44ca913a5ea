import { expect, it } from 'vitest'
import { refusal, type Values } from './render.ts'

const refused: [string, string, Values][] = [
  ['minimal', 'nats.url is empty: name the servers', { nats: { url: '' } }],
  [
    'minimal',
    'nats.url and evaluation.nats.enabled exclude each other',
    { evaluation: { nats: { enabled: true } } },
  ],
  [
    'minimal',
    'nats.token and nats.credentials exclude each other',
    { nats: { token: { existingSecret: 'a' }, credentials: { existingSecret: 'b' } } },
  ],
  ['evaluation', 'asks for nothing: remove nats.token', { nats: { token: { existingSecret: 'a' } } }],
  ['evaluation', 'nats.replicas is 3, and evaluation.nats is one server', { nats: { replicas: 3 } }],
  ['minimal', 'nats.replicas is 2: copies of a stream are 1, 3 or 5', { nats: { replicas: 2 } }],
  [
    'minimal',
    'sharedKeys.existingSecret is empty: name a Secret with stream-token-key and webhook-key',
    { sharedKeys: { existingSecret: '' } },
  ],
  ['minimal', 's3.endpoint is empty', { s3: { endpoint: '' } }],
  ['minimal', 's3.endpoint and evaluation.s3.enabled exclude', { evaluation: { s3: { enabled: true } } }],
  ['minimal', 's3.existingSecret is empty: name a Secret', { s3: { existingSecret: '' } }],
  ['minimal', 'say gateway.openToAnyone=true', { gateway: { keys: { existingSecret: '' } } }],
  ['minimal', 'gateway.openToAnyone means nothing', { gateway: { openToAnyone: true } }],
  ['token', 'would open it to the world', { ingress: { enabled: true, host: 'pdf.example' } }],
  [
    'token',
    'type LoadBalancer would open it to the world',
    { gateway: { service: { type: 'LoadBalancer' } } },
  ],
  ['token', 'type NodePort would open it to the world', { gateway: { service: { type: 'NodePort' } } }],
  ['minimal', 'nats.url holds a password', { nats: { url: 'nats://a:4222,nats://user:secret@b:4222' } }],
  ['minimal', 'nats.url holds a password', { nats: { url: 'nats://token@b:4222' } }],
  ['minimal', 's3.endpoint holds a password', { s3: { endpoint: 'https://id:secret@s3.example' } }],
  ['minimal', 'llm.url holds a password', { llm: { url: 'https://:secret@llm.example/v1' } }],
  [
    'minimal',
    'traces.endpoint holds a password',
    { traces: { endpoint: 'http://id:secret@collector.example:4318' } },
  ],
  [
    'minimal',
    'traces.settings.OTEL_EXPORTER_OTLP_TRACES_HEADERS would be legible',
    {
      traces: {
        endpoint: 'http://c:4318',
        settings: { OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'authorization=x' },
      },
    },
  ],
  ['minimal', '/image/tag', { image: { tag: 1.1 } }],
  ['minimal', '/fullnameOverride', { fullnameOverride: '1pdf' }],
  ['minimal', '/fullnameOverride', { fullnameOverride: 'p'.repeat(41) }],
  ['minimal', '/nameOverride', { nameOverride: 'p'.repeat(64) }],
  ['minimal', 'gatewayKey.existingSecret is empty', { metrics: { serviceMonitor: { enabled: true } } }],
  [
    'minimal',
    'gateway.autoscaling.minReplicas is more than',
    { gateway: { autoscaling: { enabled: true, minReplicas: 9 } } },
  ],
  ['minimal', 'ingress.host is empty', { ingress: { enabled: true } }],
  ['minimal', 'httpRoute.parentRefs is empty', { httpRoute: { enabled: true } }],
  ['minimal', 'nats.monitoring.endpoint is empty: KEDA asks there', { keda: { enabled: true } }],
  ['minimal', 'llm.existingSecret is the key of an endpoint', { llm: { existingSecret: 'a' } }],
  ['minimal', 'workers.orc: there is no such service; there are ai-extraction,', { workers: { orc: {} } }],
  ['minimal', 'is not let out to the internet', { workers: { janitor: { internet: true } } }],
  [
    'minimal',
    'workers.ocr: 4 jobs at once of up to 1536 MB each, and 512 MB for the worker, are more than its memory limit of 4Gi',
    { workers: { ocr: { concurrency: 4 } } },
  ],
  [
    'minimal',
    'workers.ocr: 2 jobs at once of up to 3000 MB each',
    { workers: { ocr: { settings: { TASK_MEMORY_MB: '1024,ocr=3000' } } } },
  ],
  [
    'minimal',
    'workers.ai-extraction.resources.limits.memory is empty',
    { workerDefaults: { resources: null } },
  ],
  [
    'minimal',
    'workers.ai-extraction.resources.limits.memory is empty',
    { workerDefaults: { resources: { limits: { memory: null } } } },
  ],
  [
    'minimal',
    '4294967296: say memory in Gi or Mi',
    { workers: { ocr: { resources: { limits: { memory: 4_294_967_296 } } } } },
  ],
  ['minimal', 'say memory in Gi or Mi', { workers: { ocr: { resources: { limits: { memory: '4G' } } } } }],
  [
    'everything',
    'workers.webhooks.keda.enabled: it has no queue',
    { workers: { webhooks: { keda: { enabled: true } } } },
  ],
  ['everything', 'workers.ocr.keda.minReplicas is more', { workers: { ocr: { keda: { minReplicas: 20 } } } }],
  [
    'everything',
    'workers.ocr.keda.cooldownPeriod is 300 s, less than drainSeconds (400 s)',
    { workers: { ocr: { drainSeconds: 400 } } },
  ],
  [
    'everything',
    'workers.janitor.keda.minReplicas is 0',
    { workers: { janitor: { keda: { minReplicas: 0 } } } },
  ],
  ['minimal', 'settings.LOG_LEVEL is "loud": it is one of trace, debug', { settings: { LOG_LEVEL: 'loud' } }],
  ['minimal', 'settings.S3_BUCKET: that is no setting which is given here', { settings: { S3_BUCKET: 'x' } }],
  ['minimal', 'gateway.settings.CORES: that is no setting', { gateway: { settings: { CORES: 2 } } }],
  [
    'minimal',
    'workers.ocr.settings.LLM_MODELS: that',
    { workers: { ocr: { settings: { LLM_MODELS: 'x' } } } },
  ],
  ['minimal', "additional properties 'replica' not allowed", { gateway: { replica: 3 } }],
  ['minimal', '/workers/ocr/concurrency', { workers: { ocr: { concurrency: 0 } } }],
  ['minimal', '/nats/url', { nats: { url: 'http://nats:4222' } }],
]

it.each(refused)('refuses of %s: %s', async (set, words, values) => {
  expect(await refusal(set, values)).toContain(words)
})

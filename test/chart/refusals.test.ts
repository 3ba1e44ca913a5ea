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

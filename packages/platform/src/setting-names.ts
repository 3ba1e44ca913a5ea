/**
 * The names of all settings of all services, in the order of their documentation. Services share an environment: each
 * leaves alone what another one reads, and tells what none does.
 */
export const settingNames: readonly string[] = [
  'HOST',
  'PORT',
  'OPS_PORT',
  'PUBLIC_URL',
  'KEYS_FILE',
  'OPEN_TO_ANYONE',
  'CHECK_ANSWERS',

  'NATS_URL',
  'NATS_TOKEN',
  'NATS_CREDENTIALS_FILE',
  'NATS_WAIT_SECONDS',
  'NATS_REPLICAS',
  'EVENT_RETENTION_DAYS',
  'NATS_SERVER',

  'DATA_DIR',
  'WORK_DIR',
  'LOG_DIR',
  'STORAGE',
  'STORAGE_DURABLE',
  'S3_ENDPOINT',
  'S3_REGION',
  'S3_BUCKET',
  'S3_ACCESS_KEY',
  'S3_SECRET_KEY',
  'S3_PUBLIC_ENDPOINT',

  'LLM_URL',
  'LLM_API_KEY',
  'LLM_API_KEY_FILE',

  'LOG_LEVEL',
  'LOG_FORMAT',

  'MAX_UPLOAD_MB',
  'MAX_OBJECTS',
  'MAX_FILES',
  'MOST_DELAY_MS',
  'UPLOAD_STALL_SECONDS',
  'UPLOAD_SECONDS',
  'UPLOAD_GRACE_SECONDS',
  'UPLOAD_KEEP_SECONDS',

  'CONCURRENCY_COMPRESSION',
  'CONCURRENCY_CONVERSION',
  'CONCURRENCY_JANITOR',
  'CONCURRENCY_OCR',
  'CORES',
  'ENGINE_MEMORY_MB',
  'TASK_MEMORY_MB',
  'SANDBOX',
  'DRAWING_MEMORY_MB',
  'DRAWING_MEGAPIXELS',
  'DRAWING_SECONDS',
  'DRAIN_SECONDS',
  'RETRY_PACE',
  'WORKER_NAME',
]

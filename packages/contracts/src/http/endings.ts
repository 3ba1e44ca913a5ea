import type { FailureCode } from '../failure.ts'

/** Named sets of what requests end in; routes put theirs together from them. */
type Endings = readonly FailureCode[]

export const eachRequest = ['invalid_request', 'internal_error', 'starting_up'] as const satisfies Endings

/** Whoever has to show a key. */
export const eachCaller = ['unauthorized', 'forbidden', 'rate_limited'] as const satisfies Endings

/** Whatever brings work. */
export const whateverBringsWork = ['overloaded'] as const satisfies Endings

/** Whatever may carry a body. */
export const eachBody = ['too_large', 'unsupported_media_type'] as const satisfies Endings

/** What is more than one tenant may have. */
export const aTenantsShare = ['tenant_busy', 'tenant_full'] as const satisfies Endings

/** Naming the address that a job's end is sent to. */
export const aWebhook = ['refused_address', 'unsigned_webhook'] as const satisfies Endings

/** Looking a job up, also at another replica. */
export const aLookUp = ['unknown_job', 'events_unavailable', 'newer_release'] as const satisfies Endings

/** Writing to the event store. */
export const anAppend = ['events_unavailable', 'events_full', 'newer_release'] as const satisfies Endings

/** Listing, deleting and looking at objects. */
export const anObject = ['storage_unavailable'] as const satisfies Endings

/** Reading a file that may be deleted meanwhile, which is told as expired or passed over. */
export const aFadingRead = ['object_corrupt', ...anObject] as const satisfies Endings

/** Reading a file from the object store. */
export const aRead = ['object_missing', ...aFadingRead] as const satisfies Endings

/** Writing a file to the object store. */
export const aWrite = ['storage_full', ...anObject] as const satisfies Endings

/** Writing a file, and first the switch that deletes it when nobody else does. */
export const aFile = [...aWrite, ...anAppend] as const satisfies Endings

/** What a file is, as its first bytes say. */
export const aKind = ['empty_file', 'not_a_pdf', 'unsupported_media_type'] as const satisfies Endings

/** Bytes that come in. */
export const anUpload = [...aKind, 'too_large', 'broken_upload', 'upload_timeout'] as const satisfies Endings

/** Naming a file that was sent before. */
export const aNamedUpload = ['unknown_upload', ...aKind, ...aRead] as const satisfies Endings

/** Asking for jobs of files that are sent with them. */
export const aSubmission = [
  'unknown_task',
  'missing_file',
  'too_many_files',
  'invalid_options',
  ...anUpload,
  ...aFile,
  ...aTenantsShare,
  ...aWebhook,
  'idempotency_conflict',
] as const satisfies Endings

/** Running a job again, of which the files are needed: one that is missing has expired. */
export const aRepetition = [
  'file_expired',
  'object_corrupt',
  ...aFile,
  ...aTenantsShare,
] as const satisfies Endings

/** What jobs fail with: whatever is not the matter of requests alone. */
export const aJob = [
  'not_a_pdf',
  'empty_file',
  'damaged_pdf',
  'damaged_image',
  'needs_repair',
  'encrypted_pdf',
  'signed_pdf',
  'tagged_pdf',
  'pdfa_impossible',
  'too_large',
  'too_many_pages',
  'too_many_objects',
  'too_many_pixels',
  'no_such_page',
  'unknown_language',
  'decompression_bomb',
  'no_good_file',
  'invalid_options',
  'unsupported_media_type',
  'unknown_task',
  'engine_failed',
  'engine_missing',
  'engine_timeout',
  'task_timeout',
  'out_of_memory',
  'host_died',
  'worker_lost',
  'job_stuck',
  'object_missing',
  'object_corrupt',
  'storage_unavailable',
  'storage_full',
  'work_disk_full',
  'events_unavailable',
  'events_full',
  'shutting_down',
  'result_damaged',
  'internal_error',
] as const satisfies Endings

import type { retryMatrix } from './retry-matrix.ts'

type Row = { class: keyof typeof retryMatrix; http: number; title: string; fix: string }

/**
 * Every failure that the service can tell of. The key is the stable code that clients may switch on;
 * `title` says what failed, `fix` what to do, `http` the status of a request that ends in it.
 */
// prettier-ignore
export const failures = {
  // What was handed in.
  not_a_pdf: { class: 'UnsupportedFormatError', http: 415, title: 'The file is not a PDF', fix: 'Send a file that starts with %PDF-.' },
  empty_file: { class: 'ValidationError', http: 400, title: 'The file is empty', fix: 'Check that the file was written before it was sent.' },
  damaged_pdf: { class: 'UnsupportedFormatError', http: 422, title: 'The PDF is damaged beyond repair', fix: 'Send the original again; the copy may have been cut off on its way.' },
  damaged_image: { class: 'UnsupportedFormatError', http: 422, title: 'The image cannot be read', fix: 'Send the original again, as JPEG, PNG, WebP or TIFF.' },
  needs_repair: { class: 'UnsupportedFormatError', http: 422, title: 'The PDF is not sound, and with the option strict nothing is mended', fix: 'Write it anew with the program that it comes from, or send it without strict: what is broken is mended then, and the result tells of it.' },
  damaged_xml: { class: 'UnsupportedFormatError', http: 422, title: 'The XML cannot be read', fix: 'Write it anew with the program that it comes from; document types and entities are not read.' },
  unknown_xml: { class: 'UnsupportedFormatError', http: 415, title: 'The XML is no invoice of a known format', fix: 'Send a Cross Industry Invoice (Factur-X, ZUGFeRD, XRechnung) or a UBL invoice or credit note.' },
  encrypted_pdf: { class: 'PermissionError', http: 422, title: 'The PDF is locked with a password', fix: 'Remove the password first, for example with: qpdf --decrypt --password-file=FILE in.pdf out.pdf' },
  signed_pdf: { class: 'PermissionError', http: 422, title: 'The PDF is signed and any change would break its signature', fix: 'Send the unsigned original.' },
  tagged_pdf: { class: 'ValidationError', http: 422, title: 'The PDF is tagged, so it comes from a program that wrote its text into it', fix: 'Set the option tagged to "take" if its pages have to be read all the same; the new text gets no tags.' },
  pdfa_impossible: { class: 'UnsupportedFormatError', http: 422, title: 'The PDF cannot be made to follow PDF/A-2b', fix: 'Mend what the message names in the program that the file comes from, or ask for output "pdf".' },
  too_large: { class: 'ValidationError', http: 413, title: 'The file is larger than allowed', fix: 'Send a smaller file, or ask the operator to raise the limit.' },
  too_many_pages: { class: 'ValidationError', http: 422, title: 'The PDF has more pages than allowed', fix: 'Split the file first.' },
  too_many_objects: { class: 'ValidationError', http: 422, title: 'The PDF has more objects than allowed', fix: 'Print it to a new PDF or split it first, or ask the operator to raise the limit.' },
  too_many_pixels: { class: 'ValidationError', http: 422, title: 'A page or image is larger than allowed when decoded', fix: 'Check the page sizes and images of the file; it may be a decompression bomb.' },
  no_such_page: { class: 'ValidationError', http: 422, title: 'The PDF does not have the pages asked for', fix: 'Name pages that it has, such as 1-3,5,8-.' },
  unknown_language: { class: 'ValidationError', http: 422, title: 'A language is not installed for text recognition', fix: 'Name languages that the message lists, or ask the operator to install tesseract-ocr-<language>.' },
  decompression_bomb: { class: 'ValidationError', http: 422, title: 'The PDF unpacks to far more data than allowed', fix: 'Check where the file comes from; it may be made to exhaust servers.' },
  missing_file: { class: 'ValidationError', http: 400, title: 'No file was sent', fix: 'Send the file as a multipart part named "file", or name an uploaded object.' },
  too_many_files: { class: 'ValidationError', http: 400, title: 'More files were sent than the task takes', fix: 'Send one job per file, or use a task that takes several files.' },
  no_good_file: { class: 'ValidationError', http: 422, title: 'None of the files could be worked on', fix: 'Look at what the message says of each file, and send those again that can be mended.' },
  invalid_options: { class: 'ValidationError', http: 400, title: 'An option is unknown or has a wrong value', fix: 'Compare the options with GET /api/tasks.' },
  invalid_request: { class: 'ValidationError', http: 400, title: 'The request is not understood', fix: 'Compare the request with /openapi.json.' },
  broken_upload: { class: 'ValidationError', http: 400, title: 'The upload ended early or is not valid multipart', fix: 'Send the request again.' },
  upload_timeout: { class: 'ValidationError', http: 408, title: 'The upload stalled', fix: 'Send the request again over a steadier connection.' },
  idempotency_conflict: { class: 'ValidationError', http: 422, title: 'The Idempotency-Key was used for another request', fix: 'Use a new key for a new request.' },
  unsupported_media_type: { class: 'ValidationError', http: 415, title: 'The content type of the request is not supported', fix: 'Send multipart/form-data or application/json.' },

  // Who asks.
  unauthorized: { class: 'PermissionError', http: 401, title: 'A valid API key is needed', fix: 'Send the header "Authorization: Bearer <key>".' },
  forbidden: { class: 'PermissionError', http: 403, title: 'The API key does not allow this', fix: 'Use a key with the scope that the message names.' },
  rate_limited: { class: 'PermissionError', http: 429, title: 'The API key sends more requests than allowed', fix: 'Wait as long as Retry-After says.' },

  // What is asked for.
  unknown_task: { class: 'ValidationError', http: 404, title: 'There is no such task', fix: 'Pick a task of GET /api/tasks.' },
  unknown_job: { class: 'FileNotFoundError', http: 404, title: 'There is no such job', fix: 'Check the id; records are removed when their retention ends.' },
  unknown_upload: { class: 'FileNotFoundError', http: 404, title: 'There is no such upload', fix: 'Upload the file first; uploads are kept for a day.' },
  unknown_file: { class: 'FileNotFoundError', http: 404, title: 'The job has no such file', fix: 'Pick a name from the outputs of the job.' },
  unknown_route: { class: 'FileNotFoundError', http: 404, title: 'There is nothing at this address', fix: 'See /docs for the addresses.' },
  method_not_allowed: { class: 'ValidationError', http: 405, title: 'The address does not take this method', fix: 'Use one that the header Allow names; see /docs.' },
  file_expired: { class: 'FileNotFoundError', http: 410, title: 'The files of the job were deleted', fix: 'Submit the file again.' },
  not_finished: { class: 'ValidationError', http: 409, title: 'The job is not finished', fix: 'Wait for it; GET the job to see how far it is.' },
  already_decided: { class: 'ValidationError', http: 409, title: 'The job has already ended', fix: 'POST its /retry to run it again as a new job.' },
  job_cancelled: { class: 'ValidationError', http: 409, title: 'The job was cancelled', fix: 'POST its /retry to run it again as a new job.' },
  range_not_satisfiable: { class: 'ValidationError', http: 416, title: 'The file does not have the requested range', fix: 'Ask for a range within the size of the file.' },

  // What went wrong while working.
  engine_failed: { class: 'ProcessingError', http: 500, title: 'A PDF engine failed', fix: 'Nothing to do while the job is tried again; else report the file.' },
  engine_missing: { class: 'ServiceUnavailableError', http: 503, title: 'A PDF engine is not installed', fix: 'Install the engine that the message names.' },
  engine_timeout: { class: 'TimeoutError', http: 504, title: 'A PDF engine took longer than allowed', fix: 'Send a smaller file, or ask the operator to raise the limit.' },
  task_timeout: { class: 'TimeoutError', http: 504, title: 'The job took longer than allowed', fix: 'Send a smaller file, or ask the operator to raise the limit.' },
  out_of_memory: { class: 'OutOfMemoryError', http: 500, title: 'The job needed more memory than allowed', fix: 'Send a smaller file, or ask the operator to raise the limit.' },
  host_died: { class: 'WorkerLostError', http: 500, title: 'The process that worked on the job died', fix: 'Nothing to do while the job is tried again; else report the file, which may crash the programs that read it.' },
  worker_lost: { class: 'WorkerLostError', http: 500, title: 'The worker was lost while it ran the job', fix: 'POST its /retry to run it again as a new job; the operator has to look after the workers.' },
  job_stuck: { class: 'WorkerLostError', http: 500, title: 'Nothing works on the job any more', fix: 'POST its /retry to run it again as a new job.' },
  object_missing: { class: 'FileNotFoundError', http: 500, title: 'A file of the job is missing from the object store', fix: 'Submit the file again.' },
  object_corrupt: { class: 'DatabaseError', http: 500, title: 'A file of the job does not match its checksum', fix: 'Check the object store.' },
  storage_unavailable: { class: 'DatabaseError', http: 503, title: 'The object store does not answer', fix: 'Try again in a minute.' },
  storage_full: { class: 'DatabaseError', http: 507, title: 'The object store is full', fix: 'Try again later; the operator has to make room.' },
  work_disk_full: { class: 'ServiceUnavailableError', http: 507, title: 'The disk of the work folder is full', fix: 'Nothing to do while the job is tried again; the operator has to make room in the folder that the message names.' },
  events_unavailable: { class: 'DatabaseError', http: 503, title: 'The event store does not answer', fix: 'Try again in a minute.' },
  events_full: { class: 'DatabaseError', http: 503, title: 'The event store is full', fix: 'Try again later; the operator has to make room.' },
  newer_release: { class: 'ServiceUnavailableError', http: 503, title: 'The job was written by a newer release than this part of the service', fix: 'Try again in a minute; the operator has to bring all parts to one release.' },
  starting_up: { class: 'ServiceUnavailableError', http: 503, title: 'The service is starting', fix: 'Try again in a moment.' },
  shutting_down: { class: 'ServiceUnavailableError', http: 503, title: 'The service is being stopped', fix: 'Try again in a moment.' },
  overloaded: { class: 'ServiceUnavailableError', http: 503, title: 'The service has more work than it can take', fix: 'Wait as long as Retry-After says.' },
  llm_not_configured: { class: 'ValidationError', http: 422, title: 'No language model is set up here', fix: 'Ask with engine "rules" or "auto", or ask the operator to set PDF_SMALLER_LLM_URL and PDF_SMALLER_LLM_MODELS.' },
  llm_unreachable: { class: 'ServiceUnavailableError', http: 503, title: 'The language model does not answer', fix: 'Nothing to do while the job is tried again; else the operator has to look after its server.' },
  llm_rate_limited: { class: 'ExternalServiceError', http: 503, title: 'The language model takes no more requests for now', fix: 'Nothing to do while the job is tried again, after the wait that the server asked for.' },
  llm_failed: { class: 'ExternalServiceError', http: 502, title: 'The server of the language model failed', fix: 'Nothing to do while the job is tried again; else ask with engine "rules".' },
  llm_rejected: { class: 'PermissionError', http: 502, title: 'The server of the language model does not accept what it is asked', fix: 'The operator has to check its key, the name of the model and the address in the settings.' },
  llm_timeout: { class: 'TimeoutError', http: 504, title: 'The language model took longer than allowed', fix: 'Send fewer pages, or ask the operator to raise PDF_SMALLER_LLM_SECONDS.' },
  llm_refused: { class: 'ValidationError', http: 422, title: 'The language model refuses to read the document', fix: 'Ask with engine "rules", or with another model.' },
  llm_filtered: { class: 'ValidationError', http: 422, title: 'A content filter has stopped the answer of the language model', fix: 'Ask with engine "rules", or with another model.' },
  llm_cut: { class: 'ProcessingError', http: 502, title: 'The answer of the language model was cut off', fix: 'Send fewer pages, or ask the operator to raise PDF_SMALLER_LLM_ANSWER_TOKENS.' },
  llm_bad_answer: { class: 'ProcessingError', http: 502, title: 'The answer of the language model is not what was asked for', fix: 'Ask with engine "rules", or with a model that follows a JSON schema.' },
  llm_context: { class: 'ValidationError', http: 502, title: 'The text does not fit into the context of the language model', fix: 'The operator has to set PDF_SMALLER_LLM_CONTEXT_TOKENS to what its server really takes, or raise it there.' },
  llm_budget: { class: 'PermissionError', http: 429, title: 'The budget for language models is spent', fix: 'Ask with engine "rules", wait for the next month, or ask the operator to raise PDF_SMALLER_LLM_BUDGET.' },
  result_damaged: { class: 'DefectError', http: 500, title: 'The result is not what was asked for, so it was thrown away', fix: 'Report it with the trace id and, if you may, the files; nothing was lost of them.' },
  internal_error: { class: 'ProcessingError', http: 500, title: 'The service has a bug', fix: 'Report it with the trace id.' },
} as const satisfies Record<string, Row>

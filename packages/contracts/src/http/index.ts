export * from './activity.ts'
export * from './endings.ts'
export * from './estimates.ts'
export * from './event-consumers.ts'
export * from './feed.ts'
export * from './extractions.ts'
export * from './files.ts'
export * from './job-commands.ts'
export * from './job.ts'
export * from './jobs.ts'
export * from './keys.ts'
export * from './operations.ts'
export * from './pages.ts'
export * from './problem.ts'
export * from './route.ts'
export * from './stream-tokens.ts'
export * from './submissions.ts'
export * from './tasks.ts'
export * from './uploads.ts'
export * from './webhook-deliveries.ts'
export {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  rotateWebhookSecret,
  WebhookAnswer,
  WebhookBody,
  WebhookView,
} from './webhooks.ts'

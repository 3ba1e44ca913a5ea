export { type Cores, openCores, priorities, type Priority } from './cores.ts'
export { answerAsSuspect } from './suspect-process.ts'
export * from './task.ts'
export { startWorker, type Worker, type WorkerOptions } from './worker.ts'

/** What a hook needs to record: a small bundle of its own, because an agent waits for it after each edit. */
export { runHook } from './hook/run-hook';

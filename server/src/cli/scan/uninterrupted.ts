/** Signals that end the process by default. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Does something whole, though the person interrupts meanwhile; the process ends afterwards then. */
export async function uninterrupted<T>(action: () => T): Promise<T> {
  let received: NodeJS.Signals | undefined;
  const note = (signal: NodeJS.Signals) => {
    received = signal;
  };
  for (const signal of SIGNALS) process.on(signal, note);
  try {
    return action();
  } finally {
    // Signals that came meanwhile are told between two tasks only.
    await new Promise((resolve) => setTimeout(resolve, 0));
    for (const signal of SIGNALS) process.off(signal, note);
    if (received) process.kill(process.pid, received);
  }
}

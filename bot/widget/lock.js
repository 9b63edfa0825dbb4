const tails = new Map();

/** Run a task while no other tab, and nothing else in this one, runs one of the same name. */
export async function locked(name, task) {
  if (!navigator.locks) return queued(name, task);
  let began = false;
  const begin = () => {
    began = true;
    return task();
  };
  try {
    return await navigator.locks.request(`wallet-hotline:${name}`, begin);
  } catch (error) {
    // Sandboxed frames have the interface and refuse its use.
    if (began) throw error;
    return queued(name, task);
  }
}

async function queued(name, task) {
  const before = tails.get(name);
  const turn = (async () => {
    await before?.catch(() => {});
    return task();
  })();
  tails.set(name, turn);
  return turn;
}

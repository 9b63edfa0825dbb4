// What this browser keeps for an agent: texts not sent yet, what he has seen, whether he wants to hear a sound.

export function keptFor(agent) {
  const full = (name) => `desk:${agent}:${name}`;
  return {
    get(name, otherwise) {
      try {
        const text = localStorage.getItem(full(name));
        return text === null ? otherwise : JSON.parse(text);
      } catch {
        return otherwise;
      }
    },
    set(name, value) {
      try {
        localStorage.setItem(full(name), JSON.stringify(value));
      } catch {
        // A browser that keeps nothing, or is full: the page goes on without.
      }
    },
    remove(name) {
      try {
        localStorage.removeItem(full(name));
      } catch {
        // The same.
      }
    },
  };
}

// Whoever signs in next on this machine finds nothing half written, whoever wrote it.
export function forgetDrafts() {
  try {
    for (const name of Object.keys(localStorage)) if (/^desk:[^:]*:draft:/.test(name)) localStorage.removeItem(name);
  } catch {
    // The same.
  }
}
